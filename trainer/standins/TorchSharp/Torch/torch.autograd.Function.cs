// Of these members the official assembly says nothing about null, so neither does this one.
#nullable disable
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What the forward pass of a function hands to its backward pass.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];

            internal AutogradContext()
            {
            }

            /// <summary>What <see cref="save_for_backward"/> was given.</summary>
            internal List<Tensor> ToKeep { get; private set; } = [];

            /// <summary>The node in the graph while it is being applied.</summary>
            internal nint Node { get; set; }

            public void save_for_backward(List<Tensor> tensors) => ToKeep = tensors;

            public void save_data(string key, object value) => _data[key] = value;

            public List<Tensor> get_saved_variables() => [.. Enumerable.Range(0, KeptCount).Select(Kept)];

            public object get_data(string key) => _data.GetValueOrDefault(key);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>The graph keeps the tensors from now on.</summary>
            internal void Handed() => (KeptCount, ToKeep) = (ToKeep.Count, []);

            private int KeptCount { get; set; }

            private Tensor Kept(int index)
            {
                Shim.Check(Shim.Kept(Node, index, out Value value), "get_saved_variables");
                return value.Tag == Tag.None ? null : Tensor.Of(value);
            }
        }

        /// <summary>An operation with a backward pass of its own.</summary>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            internal static readonly T Instance = new();

            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars) => [FunctionNode.Apply(Instance.ForwardOne, Instance.BackwardOne, Instance.Name, vars)];

            internal abstract Tensor ForwardOne(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> BackwardOne(AutogradContext ctx, Tensor gradient);
        }

        /// <summary>An operation with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override Tensor ForwardOne(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> BackwardOne(AutogradContext ctx, Tensor gradient) => backward(ctx, gradient);
        }
    }
}
