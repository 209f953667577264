using ClassifierFunctions.Tests.Support;

namespace ClassifierFunctions.Tests.Load;

/// <summary>JPEG photos of the test data, as files.</summary>
internal static class LoadPhotos
{
    /// <summary>24 of 100 to 500 pixels, about 20 KB each.</summary>
    public static IReadOnlyList<string> Small { get; } =
    [
        .. Directory.GetFiles(TestData.Path("photos-plain"), "*.jpg").Order(StringComparer.Ordinal).Where((_, i) => i % 10 == 0),
    ];

    /// <summary>Of 1.0, 1.2 and 1.9 megapixels, 190 to 650 KB.</summary>
    public static IReadOnlyList<string> Megapixel { get; } =
    [
        TestData.Path("photos", "cat-1000x1000.jpg"), TestData.Path("photos", "golden-1080x1080.jpg"), TestData.Path("photos", "samoyed-1546x1213.jpg"),
    ];
}
