using ClassifierFunctions.Inference;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Options;

namespace ClassifierFunctions.Tests.Unit.Inference;

public sealed class InferenceGateTests
{
    [Fact]
    public async Task EnterAsync_QueueFull_RefusesUntilATurnEnds()
    {
        using var gate = new InferenceGate(Options.Create(new InferenceOptions { MaxQueueLength = 1 }));
        var turns = new List<InferenceGate.Turn>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
            turns.Add(await gate.EnterAsync(CancellationToken.None));
        var waiting = gate.EnterAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        var failure = await Assert.ThrowsAsync<ClassifierException>(() => gate.EnterAsync(CancellationToken.None).AsTask());
        Assert.Equal((ClassifierError.Overloaded, true), (failure.Error, failure.IsTransient));

        turns[0].Dispose();
        (await waiting).Dispose();
        (await gate.EnterAsync(CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_GivesItsPlaceBack()
    {
        using var gate = new InferenceGate(Options.Create(new InferenceOptions { MaxQueueLength = 1 }));
        for (var i = 0; i < Environment.ProcessorCount; i++)
            await gate.EnterAsync(CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var waiting = gate.EnterAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.False(gate.EnterAsync(CancellationToken.None).AsTask().IsCompleted);
    }
}
