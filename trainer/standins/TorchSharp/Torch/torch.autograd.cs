// Of these members the official assembly says nothing about null, so neither does this one.
#nullable disable
using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public static partial class autograd
    {
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor> grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            // libtorch's own function is no part of ATen. Backward accumulates into the gradients of `inputs` alone, so
            // those are set aside meanwhile.
            var before = new Tensor[inputs.Count];
            for (int i = 0; i < before.Length; i++)
            {
                if (!inputs[i].is_leaf) inputs[i].retain_grad();
                (before[i], inputs[i].grad) = (inputs[i].grad, null);
            }

            var results = new List<Tensor>(before.Length);
            try
            {
                backward(outputs, grad_outputs, retain_graph || create_graph, create_graph, inputs);
                foreach (var input in inputs) results.Add(input.grad);
            }
            finally
            {
                for (int i = 0; i < before.Length; i++)
                {
                    inputs[i].grad = before[i];
                    before[i]?.Dispose();
                }
            }

            if (!allow_unused && results.Contains(null))
                throw new ExternalException("One of the differentiated tensors appears to not have been used in the graph. Set allow_unused=true if this is wanted.");
            return results;
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null)
        {
            bool retain = retain_graph ?? create_graph;
            for (int i = 0; i < tensors.Count; i++)
                Backward(tensors[i], grad_tensors?[i], retain || i < tensors.Count - 1, create_graph, inputs ?? []);
        }

        public static void backward(Tensor tensor, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static unsafe void Backward(Tensor tensor, Tensor gradient, bool retain, bool create, IList<Tensor> inputs)
        {
            var handles = new nint[inputs.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = inputs[i].Handle;
            fixed (nint* pointers = handles)
            {
                byte done = Shim.Backward(tensor.Handle, gradient?.Handle ?? 0, retain ? (byte)1 : (byte)0, create ? (byte)1 : (byte)0, pointers, handles.Length);
                Shim.Check(done, "backward");
            }

            GC.KeepAlive(tensor);
            GC.KeepAlive(gradient);
            GC.KeepAlive(inputs);
        }
    }
}
