using ClassifierFunctions.Imaging;
using ClassifierFunctions.ModelTool.Images;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace ClassifierFunctions.ModelTool.Upload;

/// <summary>One batch, from its files to its results.</summary>
internal sealed class UploadRun : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly UploadArguments _arguments;
    private readonly BlobNames _names;
    private readonly IReadOnlyList<UploadFile> _files;
    private readonly UploadStorage _storage;
    private UploadBatch? _batch;

    private UploadRun(ServiceProvider services, UploadArguments arguments, BlobNames names, IReadOnlyList<UploadFile> files, UploadStorage storage)
        => (_services, _arguments, _names, _files, _storage) = (services, arguments, names, files, storage);

    /// <summary>How much was uploaded, and where results are; for people.</summary>
    public string Summary => _batch is { Uploaded: > 0 and var uploaded }
        ? $"{uploaded} of {_files.Count} images were uploaded to {_storage.Uploads.Name}/{_names.Prefix}*; the app puts their results at {Results}."
        : "Nothing was uploaded.";

    private string Results => $"{_storage.Results.Name}/{_names.Prefix}*.json";

    /// <summary>Finds the files and the storage account. Settings are those of the app, from environment variables.</summary>
    /// <exception cref="StorageException">The storage account cannot be used.</exception>
    public static async Task<UploadRun> StartAsync(UploadArguments arguments, CancellationToken cancellationToken)
    {
        var names = new BlobNames(arguments.Model, arguments.Folder);
        var files = UploadFiles.Find(arguments.Images, names);
        var services = Engine.Build();
        try
        {
            var connection = StorageOption.Connection(arguments.Storage, services.GetRequiredService<IConfiguration>());
            var storage = await UploadStorage.ConnectAsync(connection, services.GetRequiredService<IOptions<AsyncOptions>>().Value, cancellationToken);
            return new UploadRun(services, arguments, names, files, storage);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Uploads, and says where results will be.</summary>
    /// <returns>0 when every image was uploaded, else 1.</returns>
    public async Task<int> UploadAsync(CancellationToken cancellationToken)
    {
        await ImageProgress.ShowAsync(_files.Count, false, ["uploaded"], async advance =>
        {
            _batch = new UploadBatch(_files.Count, _ => { }, () => advance(0), () => { }, _time);
            await Uploader().UploadAsync(_files, _batch, cancellationToken);
        });
        AnsiConsole.Console.WriteLine(Summary);
        foreach (var failed in _batch!.Results)
            await Console.Error.WriteLineAsync($"{failed.FileName}: {failed.Error!.Detail}");
        return _batch.Results.Count == 0 ? 0 : 1;
    }

    /// <summary>Uploads, and writes the results in the order of the files.</summary>
    /// <returns>0 when every image was classified, else 1.</returns>
    public async Task<int> UploadAndWaitAsync(IResultOutput output, CancellationToken cancellationToken)
    {
        var report = new ResultReport(output);
        var watcher = new ResultWatcher(_storage, _names.Prefix, _time);
        await ImageProgress.ShowAsync(_files.Count, output.IsStreamed, ["uploaded", "classified"], async advance =>
        {
            _batch = new UploadBatch(_files.Count, report.Add, () => advance(0), () => advance(1), _time);
            await UploadAndWatchAsync(_batch, watcher, cancellationToken);
        });

        var missing = _batch!.GiveUp();
        var models = _batch.Models;
        var (model, version) = models is [var first, ..] ? first : (_arguments.Model ?? "", "");
        var exitCode = await report.CompleteAsync(model, version);
        if (models.Count > 1)
            await Console.Error.WriteLineAsync($"Several models answered: {string.Join(", ", models.Select(one => $"{one.Model} {one.Version}"))}.");
        if (missing > 0)
            await Console.Error.WriteLineAsync(Advice(missing, watcher.Trouble));
        else if (output.ShowsErrors && _batch.Uploaded > 0)
            AnsiConsole.Console.WriteLine($"Results: {Results}");
        return exitCode;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // When either of both fails, the other one has nothing to go on for.
    private async Task UploadAndWatchAsync(UploadBatch batch, ResultWatcher watcher, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var uploading = OrStopAsync(Uploader().UploadAsync(_files, batch, stop.Token));
        await Task.WhenAll(uploading, OrStopAsync(watcher.WatchAsync(batch, uploading, _arguments.Patience, stop.Token)));

        async Task OrStopAsync(Task work)
        {
            try
            {
                await work;
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    private FileUploader Uploader() => new(_storage, _services.GetRequiredService<IOptions<LimitsOptions>>().Value.MaxImageBytes);

    private string Advice(int missing, string? trouble)
        => $"{missing} of {_files.Count} images have no result, and for {_arguments.Patience.TotalSeconds:0} seconds there was no new one. "
            + (trouble is null ? "" : $"The storage account at {_storage.Address} did not answer when it was last asked: {trouble}. ")
            + $"Is the app running, and does it use the storage account at {_storage.Address}? Results that come later will be at {Results}.";
}
