namespace ClassifierFunctions.Results;

/// <summary>
/// Every way in which a request or an upload can fail. <see cref="Problem.From(ClassifierError, string)"/> maps each one,
/// once, to its HTTP status and problem type.
/// </summary>
public enum ClassifierError
{
    /// <summary>The request is not of a form that the API knows: a bad query value, broken JSON, no image at all.</summary>
    InvalidRequest,

    /// <summary>The image has no bytes.</summary>
    EmptyImage,

    /// <summary>More images in one request than <c>Limits__MaxImagesPerRequest</c>.</summary>
    TooManyImages,

    /// <summary>No model, or no version of it, has the requested name.</summary>
    UnknownModel,

    /// <summary>No upload has this id, or it never came and its address has expired.</summary>
    UnknownResult,

    /// <summary>The HTTP method does not exist on this route.</summary>
    MethodNotAllowed,

    /// <summary>More bytes than <c>Limits__MaxImageBytes</c> for an image, or than a whole request may have.</summary>
    TooManyBytes,

    /// <summary>By its own header, more pixels than <c>Limits__MaxImagePixels</c>, or more memory to decode than <c>Limits__DecodeMemoryMB</c>.</summary>
    TooManyPixels,

    /// <summary>The content is not of an image format that the decoder reads.</summary>
    UnsupportedImage,

    /// <summary>The content starts like an image but cannot be decoded: truncated, damaged, or too slow (<c>Limits__MaxDecodeMilliseconds</c>).</summary>
    UndecodableImage,

    /// <summary>More work is waiting than <c>Inference__MaxQueueLength</c>. Transient.</summary>
    Overloaded,

    /// <summary>The model exists but cannot be loaded or run. Transient: a device may be short of memory, a file still being copied.</summary>
    ModelUnavailable,

    /// <summary>The storage account cannot be reached. Transient.</summary>
    StorageUnavailable,

    /// <summary>The app's storage account has no addresses to upload to: it is not reached by an identity, or not there at all.</summary>
    UploadUrlsUnavailable,

    /// <summary>The blob is there, but its storage gives it to nobody: it is in the archive tier, or encrypted with a key that its uploader kept.</summary>
    UnreadableBlob,

    /// <summary>No result could be made after the last try of an upload.</summary>
    GaveUp,

    /// <summary>A fault of ours.</summary>
    Internal,
}
