using System.Globalization;
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
        IReadOnlyList<OtherEntry> others = Others(document, tensors is not null, container);
        return Describe(tensors ?? new StateDict(), container, others, new Dictionary<string, string>());
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
            Tensors = [.. tensors.Select(tensor => Entry(tensor.Key, tensor.Value))],
            Other = others,
            Metadata = metadata,
        };
    }

    private static TensorEntry Entry(string name, WeightTensor tensor) =>
        new(name, tensor.Type.TorchName(), tensor.Shape, tensor.ElementCount);

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
        if (document.Root is not PickleDict root)
            return [Other(WholeFile, document.Root)];
        return [.. root.Where(entry => !IsContainer(entry.Key)).Select(entry => Other(KeyText(entry.Key), entry.Value))];

        bool IsContainer(PickleValue key) => container is not null && key is PickleString text && text.Value == container;
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
        string type = value is PickleTensor tensor ? tensor.Value.ToString() : value.PythonType;
        return new OtherEntry(key, type, Plain(value), entries, tensors, bytes);
    }

    private static string KeyText(PickleValue key) => 
        Plain(key) is { } plain ? Convert.ToString(plain, CultureInfo.InvariantCulture)! : key.PythonType;

    /// <summary>The value as JSON can say it; numbers that it cannot say become text.</summary>
    private static object? Plain(PickleValue value) => value switch
    {
        PickleString text => text.Value,
        PickleBool truth => truth.Value,
        PickleInteger { Value: var whole } when whole >= long.MinValue && whole <= long.MaxValue => (long)whole,
        PickleInteger { Value: var huge } => huge.ToString("R", CultureInfo.InvariantCulture),
        PickleFloat { Value: var number } when double.IsFinite(number) => number,
        PickleFloat { Value: var odd } => odd.ToString(CultureInfo.InvariantCulture),
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
