using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp.Native;

/// <summary>A function of the caller's own in libtorch's graph; libtorch says when it is no longer needed.</summary>
internal sealed unsafe class FunctionNode
{
    private readonly Func<AutogradContext, Tensor, List<Tensor?>> _backward;
    private readonly AutogradContext _context;
    private readonly bool[] _isTensor;
    private readonly string _name;

    private FunctionNode(Func<AutogradContext, Tensor, List<Tensor?>> backward, AutogradContext context, bool[] isTensor, string name) =>
        (_backward, _context, _isTensor, _name) = (backward, context, isTensor, name);

    /// <summary>Runs a function forward and, where gradients are asked for, puts it into the graph.</summary>
    internal static Tensor Apply(
        Func<AutogradContext, object[], Tensor> forward, Func<AutogradContext, Tensor, List<Tensor?>> backward, string name, object[] arguments)
    {
        Tensor[] inputs = [.. arguments.OfType<Tensor>()];
        bool recorded = is_grad_enabled() && inputs.Any(input => input.requires_grad);
        AutogradContext context = new();
        Tensor output;
        using (no_grad()) output = forward(context, arguments);
        if (recorded)
        {
            FunctionNode node = new(backward, context, [.. arguments.Select(argument => argument is Tensor)], name);
            node.Attach(output, inputs);
        }

        return output;
    }

    private static nint[] Handles(IEnumerable<Tensor?> tensors) => [.. tensors.Select(tensor => tensor?.Handle ?? 0)];

    private void Attach(Tensor output, Tensor[] inputs)
    {
        List<Tensor> kept = _context.ToKeep;
        fixed (nint* inputHandles = Handles(inputs), keptHandles = Handles(kept))
        {
            nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this));
            Shim.Check(Shim.AttachFunction(output.Handle, inputHandles, inputs.Length, keptHandles, kept.Count, self, &Backward, &Release), _name);
        }

        GC.KeepAlive(inputs);
        GC.KeepAlive(kept);
        _context.Handed();
    }

    [UnmanagedCallersOnly]
    private static void Release(nint self)
    {
        GCHandle handle = GCHandle.FromIntPtr(self);
        ((FunctionNode)handle.Target!)._context.Dispose();
        handle.Free();
    }

    // No exception may pass through native frames: its text goes around them.
    [UnmanagedCallersOnly]
    private static nint Backward(nint self, nint node, Value gradient, Value* results, int room)
    {
        try
        {
            ((FunctionNode)GCHandle.FromIntPtr(self).Target!).Backward(node, gradient, new Span<Value>(results, room));
            return 0;
        }
        catch (Exception e)
        {
            return Marshal.StringToCoTaskMemUTF8(e.Message);
        }
    }

    private void Backward(nint node, Value gradient, Span<Value> results)
    {
        // a scope of its own: the caller of backward() may have none, and what is returned belongs to the graph
        using DisposeScope scope = NewDisposeScope();
        _context.Node = node;
        List<Tensor?> gradients = _backward(_context, Tensor.Of(gradient));
        // the official library throws this exception in both cases
        if (gradients.Count != _isTensor.Length)
            throw new NotImplementedException($"Function {_name} returned {gradients.Count} gradients for {_isTensor.Length} arguments");
        int place = 0;
        for (int i = 0; i < gradients.Count; i++)
        {
            if (!_isTensor[i] && gradients[i] is not null)
                throw new NotImplementedException($"Function {_name} returned a gradient for argument {i + 1}, which is no tensor");
            if (_isTensor[i])
                results[place++] = gradients[i] is { } value ? new Value(Tag.Tensor, 0, value.DetachFromDisposeScope().DecoupleFromNativeHandle()) : default;
        }
    }
}
