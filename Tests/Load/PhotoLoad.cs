using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Load;

/// <summary>Photos without golden answers: each must be answered as the app answered it first, when it was asked alone.</summary>
internal sealed class PhotoLoad
{
    // Of float16 scores, whatever images shared a run.
    private const double Tolerance = 0.02;

    private readonly List<LoadRequest> _requests = [];
    private readonly List<ExpectedAnswer> _expected = [];
    private readonly Uri _server;

    private PhotoLoad(Uri server) => _server = server;

    /// <summary>Asks for each photo and model once, which loads the models.</summary>
    /// <param name="app">The server.</param>
    /// <param name="models">Take turns.</param>
    /// <param name="photos">Files.</param>
    public static async Task<PhotoLoad> CreateAsync(AppProcess app, IReadOnlyList<string> models, IReadOnlyList<string> photos)
    {
        var load = new PhotoLoad(app.Address);
        foreach (var photo in photos)
        {
            foreach (var model in models)
            {
                using var response = await app.Http.PostBytesAsync($"api/classify/{model}", await File.ReadAllBytesAsync(photo));
                response.EnsureSuccessStatusCode();
                load._expected.Add(ExpectedAnswer.From(await response.JsonAsync(), Tolerance));
                load._requests.Add(LoadRequest.Classify(app.Address, model, photo));
            }
        }

        return load;
    }

    /// <summary>True when the answer is the photo's own.</summary>
    public bool IsRight(int request, in LoadAnswer answer) => _expected[request].IsIn(answer);

    /// <param name="check">Instead of <see cref="IsRight"/>.</param>
    public LoadGenerator Generator(LoadCheck? check = null) => new(_server, _requests, check ?? ((request, in answer) => IsRight(request, answer)));
}
