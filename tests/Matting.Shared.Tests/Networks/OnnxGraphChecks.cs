using Matting.Shared.Onnx;

namespace Matting.Shared.Tests.Networks;

/// <summary>What any graph must be: every value made once and before its use, nothing made in vain.</summary>
internal static class OnnxGraphChecks
{
    public static void Check(GraphProto graph)
    {
        HashSet<string> made = [.. graph.Input.Select(value => value.Name)];
        foreach (TensorProto tensor in graph.Initializer)
            Assert.True(made.Add(tensor.Name), $"{tensor.Name} is there twice");
        HashSet<string> used = [.. graph.Output.Select(value => value.Name)];
        foreach (NodeProto node in graph.Node)
        {
            Assert.All(node.Input.Where(input => input.Length > 0), input => Assert.Contains(input, made));
            used.UnionWith(node.Input);
            Assert.All(node.Output, output => Assert.True(made.Add(output), $"{output} is made twice"));
            Assert.All(node.Attribute, attribute => Assert.True(attribute.HasType, $"{node.Name}: {attribute.Name} has no type"));
        }
        Assert.All(made, name => Assert.Contains(name, used));
        Assert.Equal(graph.Node.Count, graph.Node.Select(node => node.Name).Distinct().Count());
        HashSet<string> described = [.. graph.ValueInfo.Select(value => value.Name)];
        Assert.True(described.IsSubsetOf(made), "a value is described that nobody makes");
    }
}
