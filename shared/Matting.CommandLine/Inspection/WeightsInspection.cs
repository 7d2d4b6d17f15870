using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.CommandLine.Inspection;

/// <summary>Describes the content of files of weights.</summary>
internal static class WeightsInspection
{
    private const string WholeFile = "(file)";

    public static WeightsReport OfPth(PthDocument document)
    {
        StateDict? tensors = null;
        try
        {
            tensors = document.FindStateDict();
        }
        catch (WeightsFormatException refusal) when (refusal.Reason == WeightsFormatError.NoStateDict)
        {
            // an optimiser's state, a list, a number: worth showing all the same
        }
        string? container = tensors is null ? null : document.StateDictKey;
        return Describe(tensors ?? new StateDict(), container, Others(document, tensors is not null, container), new Dictionary<string, string>());
    }

    public static WeightsReport OfSafetensors(SafetensorsDocument document) =>
        Describe(document.Tensors, null, [], document.Metadata);

    private static WeightsReport Describe(
        StateDict tensors, string? container, IReadOnlyList<OtherEntry> others, IReadOnlyDictionary<string, string> metadata)
    {
        INetwork? network = NetworkCatalogue.Names.Select(NetworkCatalogue.Create).FirstOrDefault(known => Fits(known, tensors));
        return new WeightsReport
        {
            Network = network?.Name,
            Container = container,
            Parameters = network is null ? null : NetworkSpecs.Of(network).Where(spec => spec.Trainable).Sum(spec => spec.ElementCount),
            Elements = tensors.Sum(tensor => tensor.Value.ElementCount),
            Bytes = tensors.Sum(tensor => (long)tensor.Value.Data.Length),
            Tensors = [.. tensors.Select(tensor => new TensorEntry(tensor.Key, tensor.Value.Type.TorchName(), tensor.Value.Shape, tensor.Value.ElementCount))],
            Other = others,
            Metadata = metadata,
        };
    }

    private static bool Fits(INetwork network, StateDict tensors)
    {
        try
        {
            StrictLoading.Check(network, tensors, WholeFile);
            return true;
        }
        catch (StateMismatchException)
        {
            return false;
        }
    }

    /// <summary>Everything but the state dictionary, one entry for each key of the file's dictionary.</summary>
    private static IReadOnlyList<OtherEntry> Others(PthDocument document, bool hasTensors, string? container)
    {
        if (hasTensors && container is null)
            return [];
        return document.Root is PickleDict root
            ? [.. root.Where(entry => !(entry.Key is PickleString key && key.Value == container)).Select(entry => Other(KeyText(entry.Key), entry.Value))]
            : [Other(WholeFile, document.Root)];
    }

    private static OtherEntry Other(string key, PickleValue value)
    {
        (int tensors, long bytes) = CountTensors(value);
        int? entries = value switch
        {
            PickleDict dict => dict.Count,
            PickleList list => list.Count,
            PickleTuple tuple => tuple.Count,
            _ => null,
        };
        return new OtherEntry(key, value is PickleTensor tensor ? tensor.Value.ToString() : value.PythonType, Plain(value), entries, tensors, bytes);
    }

    private static string KeyText(PickleValue key) => Plain(key) is { } plain ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{plain}") : key.PythonType;

    /// <summary>The value as JSON can say it; numbers that it cannot say become text.</summary>
    private static object? Plain(PickleValue value) => value switch
    {
        PickleString text => text.Value,
        PickleBool truth => truth.Value,
        PickleInteger whole => whole.Value >= long.MinValue && whole.Value <= long.MaxValue ? (long)whole.Value : whole.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        PickleFloat number => double.IsFinite(number.Value) ? number.Value : number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        PickleBytes bytes => $"{bytes.Value.Length} bytes",
        _ => null,
    };

    /// <summary>The reader limits the depth of what it reads, so that this may recurse.</summary>
    private static (int Count, long Bytes) CountTensors(PickleValue value)
    {
        IEnumerable<PickleValue> children = value switch
        {
            PickleDict dict => dict.Select(entry => entry.Value),
            PickleList list => list,
            PickleTuple tuple => tuple,
            _ => [],
        };
        (int count, long bytes) = value is PickleTensor tensor ? (1, tensor.Value.Data.Length) : (0, 0L);
        foreach (PickleValue child in children)
        {
            (int more, long moreBytes) = CountTensors(child);
            (count, bytes) = (count + more, bytes + moreBytes);
        }
        return (count, bytes);
    }
}
