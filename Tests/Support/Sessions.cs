using ClassifierFunctions.Inference;
using ClassifierFunctions.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassifierFunctions.Tests.Support;

/// <summary>Sessions without a service container.</summary>
internal static class Sessions
{
    /// <summary>A store whose sessions no other test sees.</summary>
    public static SessionStore NewStore(InferenceOptions? inference = null, ModelsOptions? models = null, TimeProvider? time = null)
        => SessionStore.CreateSeparate(
            inference ?? new InferenceOptions { ExecutionProviders = "CPU" }, models ?? new ModelsOptions(), time ?? TimeProvider.System, NullLogger<SessionStore>.Instance);

    /// <summary>A session that stays until the process ends.</summary>
    public static async Task<ModelSession> NewAsync(ModelVersion model) => await NewStore().Lease(model).GetAsync(CancellationToken.None);

    /// <summary>The raw output for a preprocessed image.</summary>
    public static float[] Scores(this ModelSession session, ReadOnlySpan<byte> tensor, CancellationToken cancellationToken = default)
    {
        var buffer = session.Rent();
        try
        {
            tensor.CopyTo(buffer.Tensor);
            session.Run(buffer, cancellationToken);
            return buffer.Scores.ToArray();
        }
        finally
        {
            session.Return(buffer);
        }
    }
}
