using Google.Protobuf;
using Matting.Shared.Files;

namespace Matting.Shared.Onnx;

/// <summary>What a file may cost to read.</summary>
public sealed record OnnxReadLimits
{
    /// <summary>The limits unless others are given.</summary>
    public static OnnxReadLimits Default { get; } = new();

    /// <summary>Largest file in bytes; 1 GiB by default. The format itself ends at 2 GiB.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Most messages (nodes, tensors, attributes, ...) in a file; two million by default. An empty one takes two bytes in a file and a hundred in memory.</summary>
    public int MaxMessages { get; init; } = 2_000_000;
}

/// <summary>ONNX files in and out.</summary>
public static class OnnxFile
{
    /// <summary>Reads a model. Fields that this toolchain does not use are left out (see <c>onnx.proto</c>).</summary>
    /// <exception cref="OnnxFormatException">The content is damaged, hostile, too large, or refers to other files.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static ModelProto Read(string path, OnnxReadLimits? limits = null)
    {
        limits ??= OnnxReadLimits.Default;
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > Math.Min(limits.MaxBytes, Array.MaxLength))
            throw new OnnxFormatException(path, OnnxFormatError.LimitExceeded, $"{stream.Length} bytes are more than the allowed {limits.MaxBytes}");
        byte[] content = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(content);
        return Parse(content, path, limits);
    }

    /// <summary>Reads a model from memory; see <see cref="Read"/>.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">The name that messages give it.</param>
    /// <param name="limits">What it may cost.</param>
    /// <exception cref="OnnxFormatException">The content is damaged, hostile, too large, or refers to other files.</exception>
    public static ModelProto Parse(ReadOnlyMemory<byte> content, string file, OnnxReadLimits? limits = null)
    {
        limits ??= OnnxReadLimits.Default;
        if (content.Length > limits.MaxBytes)
            throw new OnnxFormatException(file, OnnxFormatError.LimitExceeded, $"{content.Length} bytes are more than the allowed {limits.MaxBytes}");
        OnnxWireScan.Check(content.Span, file, limits.MaxMessages);
        ModelProto model = ParsePart(ModelProto.Parser, content.Span, file);
        OnnxValidation.Check(model, file);
        return model;
    }

    /// <summary>
    /// Checks how a model is built without reading it: that its parts are whole, neither too many nor nested too
    /// deeply, that no tensor lies in another file, that no dimension, attribute or size is beyond all pictures, and that no layer cuts more off than is there.
    /// For models that another engine is to read; it steps over the weights and needs no memory.
    /// </summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">The name that messages give it.</param>
    /// <param name="limits">What it may cost; its size is not limited here, the content being in memory already.</param>
    /// <exception cref="OnnxFormatException">The content is damaged, hostile, or refers to other files.</exception>
    public static void CheckStructure(ReadOnlySpan<byte> content, string file, OnnxReadLimits? limits = null)
    {
        OnnxWireScan.Check(content, file, (limits ?? OnnxReadLimits.Default).MaxMessages);
        OnnxNumberScan.Check(content, file);
        OnnxShapeScan.Check(content, file);
    }

    /// <summary>Reads one part of a model.</summary>
    internal static T ParsePart<T>(MessageParser<T> parser, ReadOnlySpan<byte> content, string file) where T : IMessage<T>
    {
        try
        {
            return parser.WithDiscardUnknownFields(true).ParseFrom(content);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new OnnxFormatException(file, OnnxFormatError.NotOnnx, $"is no ONNX model, or a damaged one ({error.Message})", error);
        }
    }

    /// <summary>Writes a model; the file appears whole or not at all.</summary>
    /// <exception cref="IOException">The file exists and <paramref name="overwrite"/> is false, or the disk refuses.</exception>
    public static void Write(string path, ModelProto model, bool overwrite = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        AtomicFile.Write(path, stream => model.WriteTo(stream), overwrite);
    }

    /// <summary>The metadata properties of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The model's file, for the message.</param>
    /// <exception cref="OnnxFormatException">A key appears twice.</exception>
    public static IReadOnlyDictionary<string, string> Metadata(ModelProto model, string file = "the model")
    {
        ArgumentNullException.ThrowIfNull(model);
        OrderedDictionary<string, string> metadata = [];
        foreach (StringStringEntryProto entry in model.MetadataProps)
        {
            if (!metadata.TryAdd(entry.Key, entry.Value))
                throw new OnnxFormatException(file, OnnxFormatError.BadMetadata, $"metadata '{entry.Key}' is there twice");
        }
        return metadata;
    }

    /// <summary>The card of a model; null when it is not one of this toolchain's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The model's file, for the message.</param>
    /// <exception cref="OnnxFormatException">The card is garbled, or contradicts itself, the size of the graph's input or the precision of its weights.</exception>
    public static ModelCard? Card(ModelProto model, string file = "the model")
    {
        ModelCard? card = ModelCard.FromMetadata(Metadata(model, file), file);
        if (card is null)
            return null;
        TensorShapeProto? shape = model.Graph.Input.FirstOrDefault(input => input.Name == OnnxExporter.InputName)?.Type?.TensorType?.Shape;
        if (shape is null || shape.Dim.Count != 4)
            throw new OnnxFormatException(file, OnnxFormatError.BadMetadata, $"has metadata of this toolchain but no input '{OnnxExporter.InputName}' of four dimensions");
        if (Fixed(shape.Dim[2]) != card.Height || Fixed(shape.Dim[3]) != card.Width)
            throw new OnnxFormatException(file, OnnxFormatError.BadMetadata, "the size in its metadata is not that of its input");
        bool halves = model.Graph.Initializer.Any(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float16);
        if (halves != (card.Precision == ModelPrecision.Float16))
            throw new OnnxFormatException(file, OnnxFormatError.BadMetadata, "the precision in its metadata is not that of its weights");
        return card;

        static long? Fixed(TensorShapeProto.Types.Dimension dimension) => dimension.HasDimValue ? dimension.DimValue : null;
    }

    /// <summary>Puts a card into a model's metadata in place of the one that is there; other keys stay.</summary>
    public static void SetCard(ModelProto model, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(card);
        StringStringEntryProto[] others =
            [.. model.MetadataProps.Where(entry => !entry.Key.StartsWith(ModelCardFormat.Prefix, StringComparison.Ordinal))];
        model.MetadataProps.Clear();
        foreach ((string key, string value) in card.ToMetadata())
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        model.MetadataProps.AddRange(others);
    }
}
