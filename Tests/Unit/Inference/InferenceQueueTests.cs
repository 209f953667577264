using ClassifierFunctions.Inference;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class InferenceQueueTests
{
    private const int NoLimit = int.MaxValue;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task EnterAsync_QueueFull_RefusesUntilATurnEnds()
    {
        using var queue = Queue(processors: 2, maxQueueLength: 1);
        var turns = new[] { await Enter(queue, "a"), await Enter(queue, "a") };
        Assert.False(queue.IsFull("a"));
        var waiting = Enter(queue, "a");
        Assert.False(waiting.IsCompleted);
        var failure = await Assert.ThrowsAsync<ClassifierException>(() => Enter(queue, "a"));
        Assert.Equal((ClassifierError.Overloaded, true), (failure.Error, failure.IsTransient));
        Assert.True(queue.IsFull("a"));

        turns[0].Dispose();
        (await waiting).Dispose();
        (await Enter(queue, "a")).Dispose();
    }

    [Fact]
    public async Task EnterAsync_OneModelsQueueFull_TakesAnother()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 1);
        var turn = await Enter(queue, "flooded");
        var flooded = Enter(queue, "flooded");
        var other = Enter(queue, "other");
        Assert.Equal((1, 1), (queue.Length("flooded"), queue.Length("other")));

        turn.Dispose();
        (await flooded).Dispose();
        (await other).Dispose();
        Assert.Equal((0, 0), (queue.Length("flooded"), queue.Length("other")));
    }

    [Fact]
    public async Task EnterAsync_NoQueue_RefusesOnlyWhileAllProcessorsWork()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 0);
        using (await Enter(queue, "a"))
            await Assert.ThrowsAsync<ClassifierException>(() => Enter(queue, "a"));
        Assert.False(queue.IsFull("a"));
        (await Enter(queue, "a")).Dispose();
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_GivesItsPlaceBack()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 1);
        var turn = await Enter(queue, "a");
        using var cancellation = new CancellationTokenSource();
        var cancelled = queue.EnterAsync("a", Priority.Interactive, NoLimit, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var waiting = Enter(queue, "a");
        turn.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task EnterAsync_Flood_LetsTheOtherModelInAfterOneImage()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 100);
        var order = new List<string>();
        var turn = await Enter(queue, "flood");
        var waiting = Enumerable.Range(0, 20).Select(_ => "flood").Append("lone").Select(model => WorkAsync(queue, model, order, milliseconds: 10)).ToArray();

        _time.Advance(TimeSpan.FromMilliseconds(10));
        turn.Dispose();
        await Task.WhenAll(waiting);

        Assert.InRange(order.IndexOf("lone"), 0, 1);
    }

    [Fact]
    public async Task EnterAsync_SlowAndFastModel_ShareTheTime()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 1000);
        var order = new List<string>();
        var turn = await Enter(queue, "slow");
        var slow = Enumerable.Range(0, 30).Select(_ => WorkAsync(queue, "slow", order, milliseconds: 100)).ToArray();
        var fast = Enumerable.Range(0, 300).Select(_ => WorkAsync(queue, "fast", order, milliseconds: 10)).ToArray();
        turn.Dispose();
        await Task.WhenAll([.. slow, .. fast]);

        // Ten fast images in the time of a slow one: whenever a slow one is done, about ten fast ones are, too.
        for (var slowDone = 5; slowDone <= 25; slowDone += 5)
        {
            var fastDone = order.Take(order.Select((model, i) => (model, i)).Where(entry => entry.model == "slow").ElementAt(slowDone - 1).i).Count(model => model == "fast");
            Assert.InRange(fastDone, (slowDone - 1) * 9, (slowDone + 1) * 11);
        }
    }

    [Fact]
    public async Task EnterAsync_ModelComesBackFromIdleness_HasNoSavings()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 100);
        var order = new List<string>();
        await WorkAsync(queue, "idle", [], milliseconds: 10);
        for (var i = 0; i < 50; i++)
            await WorkAsync(queue, "busy", [], milliseconds: 10);
        var turn = await Enter(queue, "busy");
        var waiting = Enumerable.Range(0, 10).SelectMany(_ => (string[])["busy", "idle"]).Select(model => WorkAsync(queue, model, order, milliseconds: 10)).ToArray();
        _time.Advance(TimeSpan.FromMilliseconds(10));
        turn.Dispose();
        await Task.WhenAll(waiting);

        // With savings of 49 turns, all of the idle model's images would come first.
        Assert.InRange(order.Take(10).Count(model => model == "idle"), 4, 6);
    }

    [Fact]
    public async Task EnterAsync_Uploads_LeaveAProcessorToCallers()
    {
        using var queue = Queue(processors: 3, maxQueueLength: 10);
        var uploads = Enumerable.Range(0, 3).Select(_ => Enter(queue, "a", Priority.Background)).ToArray();
        Assert.Equal([true, true, false], uploads.Select(upload => upload.IsCompleted));

        using (await Enter(queue, "a"))
            Assert.False(uploads[2].IsCompleted);
        Assert.False(uploads[2].IsCompleted);
        (await uploads[0]).Dispose();
        (await uploads[2]).Dispose();
    }

    [Fact]
    public async Task EnterAsync_MoreUploadsThanTheQueueHolds_AreNotRefusedAndTakeNoCallersPlace()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 1);
        var turn = await Enter(queue, "a", Priority.Background);
        var uploads = Enumerable.Range(0, 20).Select(_ => Enter(queue, "a", Priority.Background)).ToArray();
        Assert.False(queue.IsFull("a"));
        var caller = Enter(queue, "a");
        Assert.Equal((true, 21), (queue.IsFull("a"), queue.Length("a")));

        turn.Dispose();
        (await caller).Dispose();
        foreach (var upload in uploads)
            (await upload).Dispose();
    }

    [Fact]
    public async Task EnterAsync_CallerAfterManyUploads_IsNext()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 10);
        var order = new List<string>();
        var turn = await Enter(queue, "a", Priority.Background);
        var waiting = Enumerable.Range(0, 20).Select(_ => WorkAsync(queue, "a", order, milliseconds: 10, Priority.Background)).ToList();
        for (var i = 0; i < 3; i++)
            waiting.Add(WorkAsync(queue, i == 1 ? "b" : "a", order, milliseconds: 10));

        _time.Advance(TimeSpan.FromMilliseconds(10));
        turn.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["a", "b", "a"], order.Take(3));
    }

    [Fact]
    public async Task EnterAsync_CallersAllTheTime_UploadsGetTheirNinth()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 1000);
        var order = new List<string>();
        var turn = await Enter(queue, "a");
        var uploads = Enumerable.Range(0, 100).Select(_ => WorkAsync(queue, "a", order, milliseconds: 10, Priority.Background)).ToArray();
        var callers = Enumerable.Range(0, 800).Select(_ => WorkAsync(queue, "a", order, milliseconds: 10)).ToArray();
        turn.Dispose();
        await Task.WhenAll([.. uploads, .. callers]);

        Assert.InRange(order.Take(450).Count(model => model == "a's uploads"), 48, 52);
    }

    [Fact]
    public async Task EnterAsync_ModelsPlacesTakenByUploads_CallerWaitsForOne()
    {
        using var queue = Queue(processors: 4, maxQueueLength: 10);
        var uploads = new[] { await queue.EnterAsync("a", Priority.Background, 2, CancellationToken.None), await queue.EnterAsync("a", Priority.Background, 2, CancellationToken.None) };
        uploads[0].FreeProcessor();
        var nextUpload = queue.EnterAsync("a", Priority.Background, 2, CancellationToken.None).AsTask();
        var caller = queue.EnterAsync("a", Priority.Interactive, 2, CancellationToken.None).AsTask();
        Assert.False(caller.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(10));
        uploads[0].Dispose();
        using (await caller)
            Assert.False(nextUpload.IsCompleted);
        uploads[1].Dispose();
        (await nextUpload).Dispose();
    }

    [Fact]
    public async Task FreeProcessor_PlaceStillTaken_LetsOtherModelsInButNotItsOwn()
    {
        using var queue = Queue(processors: 1, maxQueueLength: 10);
        var first = await queue.EnterAsync("a", Priority.Interactive, 1, CancellationToken.None);
        var second = queue.EnterAsync("a", Priority.Interactive, 1, CancellationToken.None).AsTask();
        var other = Enter(queue, "b");

        first.FreeProcessor();
        (await other).Dispose();
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task EnterAsync_ManyThreads_NeverExceedsTheProcessors()
    {
        using var queue = new InferenceQueue(new InferenceOptions { MaxQueueLength = 10_000 }, TimeProvider.System, 3);
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(async () =>
        {
            using var turn = await Enter(queue, $"model {i % 5}");
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));

        Assert.InRange(most, 1, 3);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(0, queue.Length($"model {i}")));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }

    private static Task<InferenceQueue.Turn> Enter(InferenceQueue queue, string model, Priority priority = Priority.Interactive)
        => queue.EnterAsync(model, priority, NoLimit, CancellationToken.None).AsTask();

    private InferenceQueue Queue(int processors, int maxQueueLength) => new(new InferenceOptions { MaxQueueLength = maxQueueLength }, _time, processors);

    private async Task WorkAsync(InferenceQueue queue, string model, List<string> order, int milliseconds, Priority priority = Priority.Interactive)
    {
        using var turn = await Enter(queue, model, priority);
        // With one processor nobody else is here.
        order.Add(priority is Priority.Background ? $"{model}'s uploads" : model);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }
}
