using System.Security.Cryptography;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;

namespace Matting.CommandLine.Inspection;

/// <summary>Finds out what is in a file of weights or a model. Nothing in the file is executed.</summary>
public static class FileInspector
{
    private static readonly Format[] Formats =
    [
        new("pth", [".pth", ".pt"], (path, report) => report with { Weights = WeightsInspection.OfPth(PthFile.Read(path)) }),
        new("safetensors", [".safetensors"],
            (path, report) => report with { Weights = WeightsInspection.OfSafetensors(SafetensorsFile.Read(path)) }),
        new("onnx", [".onnx"], (path, report) => report with { Onnx = Describe(OnnxSummary.Of(OnnxFile.Read(path), path)) }),
    ];

    /// <summary>Inspects a file; what it is decides its content, the extension only what is tried first.</summary>
    /// <param name="path">A <c>.pth</c>, <c>.safetensors</c> or <c>.onnx</c> file.</param>
    /// <exception cref="WeightsFormatException">The file is damaged, hostile or of no known format.</exception>
    /// <exception cref="OnnxFormatException">The same for a file called <c>.onnx</c>.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static InspectionReport Inspect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new IOException($"{path}: is a folder, not a file");
        (long bytes, string sha256) = Fingerprint(path);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        Exception? first = null;
        foreach (Format format in Formats.OrderByDescending(format => format.Extensions.Contains(extension)))
        {
            try
            {
                return format.Read(path, new InspectionReport { File = path, Format = format.Name, Bytes = bytes, Sha256 = sha256 });
            }
            catch (Exception refusal) when (first is not null || IsOfAnotherFormat(refusal))
            {
                first ??= refusal;
            }
        }
        throw first!;
    }

    private static bool IsOfAnotherFormat(Exception refusal) => refusal
        is WeightsFormatException { Reason: WeightsFormatError.UnknownFormat or WeightsFormatError.BadHeader }
        or OnnxFormatException { Reason: OnnxFormatError.NotOnnx };

    private static (long Bytes, string Sha256) Fingerprint(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return (stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private static OnnxReport Describe(OnnxSummary summary) => new()
    {
        IrVersion = summary.IrVersion,
        Opsets = summary.Opsets,
        Producer = summary.Producer,
        Inputs = summary.Inputs,
        Outputs = summary.Outputs,
        Nodes = summary.Nodes,
        Operators = new OrderedDictionary<string, int>(summary.Operators),
        Initialisers = summary.Initialisers,
        InitialiserElements = summary.InitialiserElements,
        InitialiserBytes = summary.InitialiserBytes,
        Metadata = summary.Metadata,
        OwnModel = summary.Card is not null,
        Card = summary.Card is { } card ? CardReport.Of(card) : null,
    };

    private sealed record Format(string Name, string[] Extensions, Func<string, InspectionReport, InspectionReport> Read);
}
