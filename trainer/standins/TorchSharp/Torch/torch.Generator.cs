using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A random number generator of libtorch.</summary>
    public class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
            : this(device ?? CPU, own: true)
        {
            Shim.Check(Shim.SetGeneratorSeed(Handle, seed), "Generator");
        }

        private Generator(Device device, bool own)
        {
            this.device = InitializeDevice(device);
            Handle = Shim.Check(Shim.Generator((int)device.type, device.index, own ? (byte)1 : (byte)0), "Generator");
        }

        ~Generator() => Dispose(disposing: false);

        public static Generator Default => new(CPU, own: false);

        public IntPtr Handle { get; private set; }

        public Device device { get; private set; }

        public Tensor get_state()
        {
            Shim.Check(Shim.GeneratorState(Handle, out var state), "get_state");
            GC.KeepAlive(this);
            return Tensor.Of(state);
        }

        public void set_state(Tensor value)
        {
            Shim.Check(Shim.SetGeneratorState(Handle, value.Handle), "set_state");
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            Shim.Check(Shim.SetGeneratorSeed(Handle, (ulong)seed), "manual_seed");
            GC.KeepAlive(this);
            return this;
        }

        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        public long initial_seed()
        {
            ulong seed = Shim.GeneratorSeed(Handle);
            GC.KeepAlive(this);
            return (long)seed;
        }

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0) Shim.DisposeGenerator(Handle);
            Handle = 0;
        }
    }
}
