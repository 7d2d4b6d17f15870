using TorchSharp.Native;

namespace TorchSharp;

/// <summary>The functions of PyTorch under PyTorch's names.</summary>
public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. It holds native memory: dispose it, or let a <see cref="DisposeScope"/> do so. A finaliser
    /// is the safety net, and large tensors outside of scopes tell the collector what they weigh.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private const int PageBytes = 4096;

        /// <summary>Below this size (1 MiB) telling the collector costs more than it helps.</summary>
        private const int LargePages = 256;

        private static long _totalCount;
        private static long _peakCount;

        private readonly long _pressure;
        private nint _handle;

        private Tensor(nint handle, int pages)
        {
            _handle = handle;
            long count = Interlocked.Increment(ref _totalCount);
            for (long peak = Volatile.Read(ref _peakCount); count > peak;)
                peak = Interlocked.CompareExchange(ref _peakCount, count, peak);

            // In a scope nothing waits for the collector, which would run for nothing several times a training step.
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
            if (OwningDisposeScope is not null || pages < LargePages) return;
            _pressure = (long)pages * PageBytes;
            GC.AddMemoryPressure(_pressure);
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => Interlocked.Read(ref _totalCount);

        public static long PeakCount => Interlocked.Read(ref _peakCount);

        public bool IsInvalid => _handle == 0;

        public IntPtr Handle => _handle != 0 ? _handle : throw new InvalidOperationException("The tensor has been disposed.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            if (disposing)
            {
                // The finaliser's thread must not touch a scope: a tensor that it sees is in no living one.
                DisposeScopeManager.ThreadSingleton.Disposing(this);
                OwningDisposeScope?.Release(this);
            }

            Forget();
            Shim.Dispose(handle);
        }

        public IntPtr DecoupleFromNativeHandle()
        {
            nint handle = Handle;
            _handle = 0;
            Forget();
            return handle;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>The tensor that an operator returned.</summary>
        internal static Tensor Of(Value value) => value.Tag == Tag.Tensor
            ? new((nint)value.Bits, value.Count)
            : throw new InvalidOperationException($"An operator returned {value.Tag} where a tensor was expected.");

        private void Forget()
        {
            Interlocked.Decrement(ref _totalCount);
            if (_pressure > 0) GC.RemoveMemoryPressure(_pressure);
        }
    }
}
