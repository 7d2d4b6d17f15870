using Google.Protobuf;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Sessions;

/// <summary>Finds which operation of a graph makes an output, stepping over the weights: the file may be large.</summary>
internal static class OutputOrigin
{
    private const uint GraphField = 7;
    private const uint NodeField = 1;
    private const int LongestChain = 16;

    // they change shape or type, not values
    private static readonly string[] Passing = ["Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape", "Flatten"];

    /// <summary>The operation, for instance <c>Sigmoid</c>; null when none makes it.</summary>
    /// <param name="content">A model that ONNX Runtime has opened.</param>
    /// <param name="output">The output's name.</param>
    public static string? Of(byte[] content, string output)
    {
        Dictionary<string, (string Operation, string Input)> nodes = Nodes(content);
        for (int step = 0; step < LongestChain && nodes.TryGetValue(output, out (string Operation, string Input) node); step++)
        {
            if (!Passing.Contains(node.Operation))
                return node.Operation;
            output = node.Input;
        }
        return null;
    }

    private static Dictionary<string, (string Operation, string Input)> Nodes(byte[] content)
    {
        Dictionary<string, (string, string)> nodes = new(StringComparer.Ordinal);
        using CodedInputStream model = new(content);
        while (model.ReadTag() is > 0 and uint tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == GraphField && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                ReadGraph(model, nodes);
            else
                model.SkipLastField();
        }
        return nodes;
    }

    private static void ReadGraph(CodedInputStream model, Dictionary<string, (string, string)> nodes)
    {
        long end = model.ReadLength() + model.Position;
        while (model.Position < end)
        {
            uint tag = model.ReadTag();
            if (WireFormat.GetTagFieldNumber(tag) != NodeField)
            {
                model.SkipLastField();
                continue;
            }
            NodeProto node = new();
            model.ReadMessage(node);
            foreach (string made in node.Output)
                nodes[made] = (node.OpType, node.Input.FirstOrDefault() ?? "");
        }
    }
}
