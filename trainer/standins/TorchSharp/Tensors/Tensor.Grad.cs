using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor? grad
        {
            get
            {
                Shim.Check(Shim.GetGrad(Handle, out var value), "grad");
                GC.KeepAlive(this);
                return value.Tag == Tag.None ? null : Of(value);
            }

            set
            {
                Shim.Check(Shim.SetGrad(Handle, value?.Handle ?? 0), "grad");
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void retain_grad()
        {
            Shim.Check(Shim.RetainGrad(Handle), "retain_grad");
            GC.KeepAlive(this);
        }

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);
    }
}
