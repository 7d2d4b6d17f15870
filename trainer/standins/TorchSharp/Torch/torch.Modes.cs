using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Shim.GradEnabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Shim.InferenceEnabled() != 0;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    public static int get_num_threads() => Shim.Threads(0);

    public static void set_num_threads(int num) => Shim.Check(Shim.SetThreads(0, num), "set_num_threads");

    public static int get_num_interop_threads() => Shim.Threads(1);

    /// <summary>Sets whether this thread records gradients, and back at its end.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly byte _before = Shim.GradEnabled();

        internal GradMode(bool enabled) => Shim.SetGradEnabled(enabled ? (byte)1 : (byte)0);

        public void Dispose() => Shim.SetGradEnabled(_before);
    }

    /// <summary>Inference mode of this thread while it lives.</summary>
    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint _guard = Shim.EnterInference(mode ? (byte)1 : (byte)0);

        public void Dispose()
        {
            if (_guard != 0) Shim.LeaveInference(_guard);
            _guard = 0;
        }
    }
}
