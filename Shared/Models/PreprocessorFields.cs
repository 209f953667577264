using System.Text.Json;

namespace ClassifierFunctions.Models;

/// <summary>Finds the preprocessing fields of a file, and refuses those that would change the image in a way not supported here.</summary>
internal static class PreprocessorFields
{
    private const string Nested = "image_processor";

    private static readonly HashSet<string> Read =
    [
        "antialias", "crop_pct", "crop_size", "default_to_square", "do_center_crop", "do_flip_channel_order", "do_normalize", "do_rescale", "do_resize",
        "do_resize_and_center_crop", "image_mean", "image_std", "include_top", "resample", "rescale_factor", "rescale_offset", "size",
    ];

    // They name classes, describe arrays in Python, or are settled by decoder and graph; none changes what the model gets.
    private static readonly HashSet<string> Harmless =
    [
        "_commit_hash", "_name_or_path", "_processor_class", "_valid_kwargs_names", "_valid_processor_keys", "auto_map", "backend", "data_format", "device",
        "disable_grouping", "do_convert_rgb", "feature_extractor_type", "image_processor_type", "image_seq_length", "input_data_format", "model_input_names",
        "ocr_lang", "processor_class", "return_tensors", "tesseract_config", "transformers_version", "use_fast",
    ];

    // Null and false are fine: exports write them out.
    private static readonly Dictionary<string, string> Unsupported = new()
    {
        ["apply_ocr"] = "text is not recognised",
        ["clusters"] = "pixels are not turned into colour clusters",
        ["do_align_long_axis"] = "images are not rotated to the model's long axis",
        ["do_color_quantize"] = "pixels are not turned into colour clusters",
        ["do_crop_margin"] = "margins are not cut off",
        ["do_grayscale"] = "whether the model sees grey is read from the graph",
        ["do_image_splitting"] = "an image is one input",
        ["do_pad"] = "images are not padded to a size",
        ["do_pan_and_scan"] = "an image is one input",
        ["do_random_crop"] = "the same image gives the same input",
        ["do_reduce_labels"] = "labels are those of the model",
        ["do_thumbnail"] = "images are resized by shortest edge or to an exact size",
        ["ensure_multiple_of"] = "images are resized by shortest edge or to an exact size",
        ["keep_aspect_ratio"] = "images are resized by shortest edge or to an exact size",
        ["max_size"] = "images are resized by shortest edge or to an exact size",
        ["offset"] = "only rescale_offset is",
        ["pad_size"] = "images are not padded to a size",
        ["pad_size_divisor"] = "images are not padded to a size",
        ["pan_and_scan_max_num_crops"] = "an image is one input",
        ["pan_and_scan_min_crop_size"] = "an image is one input",
        ["pan_and_scan_min_ratio_to_activate"] = "an image is one input",
        ["reduce_labels"] = "labels are those of the model",
        ["size_divisibility"] = "images are not padded to a size",
        ["size_divisor"] = "images are resized by shortest edge or to an exact size",
    };

    /// <summary>The object that holds the preprocessing fields: the file's, or the one under <c>image_processor</c> in it.</summary>
    /// <exception cref="ModelFormatException">A field is unknown or unsupported, or preprocessing fields stand in both objects.</exception>
    public static JsonFields Open(string path, JsonElement root)
    {
        var fields = new JsonFields(path, root);
        if (fields.Has(Nested))
        {
            // What else stands beside the nested object belongs to tokenizers and the like.
            var nested = fields.Object(Nested) ?? throw fields.Wrong(Nested, "must be an object");
            if (fields.Names.FirstOrDefault(name => Read.Contains(name) || Unsupported.ContainsKey(name)) is { } both)
                throw fields.Wrong(both, $"stands beside {Nested}, which gives the preprocessing; keep one of them");
            fields = nested;
        }

        foreach (var name in fields.Names.Where(name => !Read.Contains(name) && !Harmless.Contains(name)))
        {
            if (!Unsupported.TryGetValue(name, out var why))
                throw fields.Wrong(name, "is not known; remove it if it does not change the image");
            if (!fields.IsFalse(name))
                throw fields.Wrong(name, $"is not supported ({why}); remove it if the model does without");
        }

        return fields;
    }
}
