namespace ClassifierFunctions.Training.Degradations;

internal enum NoiseKind
{
    /// <summary>Gaussian, of the same strength everywhere, in each channel apart.</summary>
    Even,

    /// <summary>Gaussian, the same in all channels: what remains when a camera has smoothed the colours.</summary>
    Grey,

    /// <summary>Of photons and of the sensor's electronics: the variance grows with the light.</summary>
    Shot,

    /// <summary>Gaussian and joined over neighbouring pixels, as interpolating a sensor's colour mosaic leaves it.</summary>
    Coarse,
}
