namespace ClassifierFunctions.Imaging;

/// <summary>Resampling filters under Pillow's codes, which <c>preprocessor_config.json</c> uses as <c>resample</c>.</summary>
public enum ResampleFilter
{
    Nearest = 0,
    Lanczos = 1,
    Bilinear = 2,
    Bicubic = 3,
    Box = 4,
    Hamming = 5,
}
