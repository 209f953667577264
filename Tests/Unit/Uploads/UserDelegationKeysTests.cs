using Azure.Storage.Blobs.Models;
using ClassifierFunctions.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Unit.Uploads;

public sealed class UserDelegationKeysTests
{
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromMinutes(15);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly List<DateTimeOffset> _fetched = [];

    [Fact]
    public async Task GetAsync_WithinADay_FetchesOnce()
    {
        var keys = new UserDelegationKeys(FetchAsync);
        var first = await GetAsync(keys);
        _time.Advance(TimeSpan.FromHours(23));

        Assert.Same(first, await GetAsync(keys));
        Assert.Single(_fetched);
    }

    [Fact]
    public async Task GetAsync_EveryHourOfAWeek_GivesAKeyThatOutlastsTheUrl()
    {
        var keys = new UserDelegationKeys(FetchAsync);
        for (var hour = 0; hour < 7 * 24; hour++)
        {
            Assert.True((await GetAsync(keys)).SignedExpiresOn > _time.GetUtcNow() + UrlLifetime);
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(_fetched.Count, 7, 8);
    }

    [Fact]
    public async Task GetAsync_LongestUrl_StaysBelowTheSevenDaysThatStorageAllows()
    {
        await new UserDelegationKeys(FetchAsync).GetAsync(_time.GetUtcNow().AddMinutes(1440), CancellationToken.None);

        Assert.InRange(Assert.Single(_fetched) - _time.GetUtcNow(), TimeSpan.FromDays(1), TimeSpan.FromDays(6));
    }

    [Fact]
    public async Task GetAsync_ManyAtOnce_FetchesOnceForAll()
    {
        var answer = new TaskCompletionSource<UserDelegationKey>();
        var keys = new UserDelegationKeys(expiresOn =>
        {
            _fetched.Add(expiresOn);
            return answer.Task;
        });
        using var impatient = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 20).Select(_ => GetAsync(keys)).ToArray();
        var left = keys.GetAsync(_time.GetUtcNow() + UrlLifetime, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        answer.SetResult(Key(_time.GetUtcNow().AddDays(1)));

        Assert.Single((await Task.WhenAll(waiting)).Distinct());
        Assert.Single(_fetched);
    }

    [Fact]
    public async Task GetAsync_FetchFails_IsTriedAgainByTheNext()
    {
        var keys = new UserDelegationKeys(expiresOn => _fetched.Count == 0
            ? FetchAsync(expiresOn).ContinueWith<UserDelegationKey>(_ => throw new TimeoutException(), TaskScheduler.Default)
            : FetchAsync(expiresOn));
        await Assert.ThrowsAsync<TimeoutException>(() => GetAsync(keys));

        Assert.NotNull(await GetAsync(keys));
        Assert.Equal(2, _fetched.Count);
    }

    private Task<UserDelegationKey> GetAsync(UserDelegationKeys keys) => keys.GetAsync(_time.GetUtcNow() + UrlLifetime, CancellationToken.None);

    private Task<UserDelegationKey> FetchAsync(DateTimeOffset expiresOn)
    {
        _fetched.Add(expiresOn);
        return Task.FromResult(Key(expiresOn));
    }

    private UserDelegationKey Key(DateTimeOffset expiresOn)
        => BlobsModelFactory.UserDelegationKey("object", "tenant", "b", "2024-11-04", "a2V5", expiresOn, _time.GetUtcNow());
}
