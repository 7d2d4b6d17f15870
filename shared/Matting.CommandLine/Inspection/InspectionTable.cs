using System.Globalization;
using Matting.Shared.Onnx;
using Spectre.Console;

namespace Matting.CommandLine.Inspection;

/// <summary>Shows a report to people.</summary>
internal sealed class InspectionTable
{
    private const int LongestValue = 100;
    private const int WidthWhenRedirected = 160;

    private readonly IAnsiConsole _console;

    public InspectionTable(TextWriter output)
    {
        bool onTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = onTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        if (!onTerminal)
            _console.Profile.Width = WidthWhenRedirected;
    }

    public void Show(InspectionReport report, bool withTensors)
    {
        List<(string, string)> facts =
        [
            ("file", report.File),
            ("format", $"{report.Format}, {HumanText.Bytes(report.Bytes)}"),
            ("sha-256", report.Sha256),
        ];
        if (report.Weights is { } weights)
            Show(weights, facts, withTensors);
        if (report.Onnx is { } onnx)
            Show(onnx, facts);
    }

    private void Show(WeightsReport weights, List<(string, string)> facts, bool withTensors)
    {
        if (weights.Tensors.Count > 0)
        {
            string network = weights.Network is null
                ? "none of the known ones"
                : $"{weights.Network}, {HumanText.Count(weights.Parameters ?? 0)} parameters";
            facts.Add(("network", network));
            string under = weights.Container is null ? "" : $", under '{weights.Container}'";
            facts.Add(("tensors", Amount(weights.Tensors.Count, weights.Elements, weights.Bytes) + under));
        }
        else
        {
            facts.Add(("tensors", "no state dictionary"));
        }
        WriteFacts(facts);
        if (withTensors && weights.Tensors.Count > 0)
        {
            Table table = NewTable("tensor", "type", "shape");
            table.AddColumn(new TableColumn("elements").RightAligned());
            foreach (TensorEntry tensor in weights.Tensors)
                AddRow(table, tensor.Name, tensor.Type, $"[{string.Join(", ", tensor.Shape)}]", HumanText.Count(tensor.Elements));
            _console.Write(table);
        }
        if (weights.Other.Count > 0)
        {
            Table table = NewTable("beside them", "type", "content");
            foreach (OtherEntry other in weights.Other)
                AddRow(table, other.Key, other.Type, ContentOf(other));
            _console.Write(table);
        }
        WriteMetadata(weights.Metadata);
    }

    private void Show(OnnxReport onnx, List<(string, string)> facts)
    {
        facts.Add(("written by", onnx.Producer.Length > 0 ? onnx.Producer : "unknown"));
        facts.Add(("versions", $"IR {onnx.IrVersion}, " + string.Join(", ", onnx.Opsets.Select(opset => $"{opset.Key} opset {opset.Value}"))));
        facts.Add(("constants", Amount(onnx.Initialisers, onnx.InitialiserElements, onnx.InitialiserBytes)));
        facts.AddRange(onnx.Card is { } card ? CardFacts(card) : [("model card", "none: not a model of this toolchain")]);
        string operators = string.Join(", ", onnx.Operators.Select(node => $"{node.Key} {node.Value}"));
        facts.Add(("nodes", $"{HumanText.Count(onnx.Nodes)}: {operators}"));
        WriteFacts(facts);
        Table ports = NewTable("port", "name", "type", "shape");
        foreach (OnnxPort input in onnx.Inputs)
            AddPort(ports, "input", input);
        foreach (OnnxPort output in onnx.Outputs)
            AddPort(ports, "output", output);
        _console.Write(ports);
        WriteMetadata(onnx.Metadata);
    }

    private static IEnumerable<(string Name, string Value)> CardFacts(CardReport card)
    {
        yield return ("model card", $"{card.Network} for {card.Task}, {card.Size}, profile {card.Profile.Name}, {card.Precision}, toolchain {card.Toolchain}");
        if (card.Classes.Count > 0)
            yield return ("classes", string.Join(", ", card.Classes));
        yield return ("checkpoint", card.CheckpointSha256 ?? "unknown");
        yield return ("verified", card.Verified is { } verified ? $"differs from Torch by {Difference(verified)}" : "not compared with Torch");
        if (card.Rounding is { } rounding)
            yield return ("rounding", $"differs from the same weights in fp32 by {Difference(rounding)}");
        if (card.Validation.Count > 0)
            yield return ("validation", string.Join(", ", card.Validation.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:G6}"))));
    }

    private static string Difference(ModelVerification measured) =>
        string.Create(CultureInfo.InvariantCulture, $"at most {measured.Maximum:0.00e+00}, on average {measured.Mean:0.00e+00}");

    private static void AddPort(Table ports, string kind, OnnxPort port) =>
        AddRow(ports, kind, port.Name, port.Type, port.Shape is null ? "?" : $"[{string.Join(", ", port.Shape)}]");

    private static string Amount(long count, long elements, long bytes) =>
        $"{HumanText.Count(count)} with {HumanText.Count(elements)} elements, {HumanText.Bytes(bytes)}";

    private static string ContentOf(OtherEntry other)
    {
        if (other.Entries is { } entries)
        {
            string tensors = other.Tensors == 0 ? "" : $", {HumanText.Count(other.Tensors)} tensors of {HumanText.Bytes(other.TensorBytes)}";
            return $"{HumanText.Count(entries)} entries{tensors}";
        }
        return other.Value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{other.Value}");
    }

    private void WriteMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        Table table = NewTable("metadata", "value");
        foreach ((string key, string value) in metadata)
            AddRow(table, key, value);
        _console.Write(table);
    }

    private void WriteFacts(List<(string Name, string Value)> facts)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach ((string name, string value) in facts)
            grid.AddRow(new Text(name), new Text(Readable(value, int.MaxValue)));
        _console.Write(grid);
    }

    private static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
            table.AddColumn(column);
        return table;
    }

    private static void AddRow(Table table, params string[] cells) =>
        table.AddRow(cells.Select(cell => new Text(Readable(cell, LongestValue))));

    /// <summary>Names and values come out of files of strangers: control characters must not reach a terminal.</summary>
    private static string Readable(string text, int longest)
    {
        string cut = text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest), "...");
        return string.Concat(cut.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
