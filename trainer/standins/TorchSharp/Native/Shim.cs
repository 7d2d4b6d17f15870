using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The functions of <c>native/torch_shim.cpp</c>. The library, and libtorch with it, loads at the first call.</summary>
internal static unsafe partial class Shim
{
    private const string Library = "torchshim";

    /// <summary>What went wrong in the last failed call of this thread.</summary>
    internal static ExternalException Error(string what) => new($"{what}: {Marshal.PtrToStringUTF8(LastError())}");

    /// <summary>Throws what a function that returned 0 (false) left behind.</summary>
    internal static void Check(byte succeeded, string what)
    {
        if (succeeded == 0) throw Error(what);
    }

    /// <summary>Returns the pointer, or throws when it is null.</summary>
    internal static nint Check(nint result, string what) => result != 0 ? result : throw Error(what);

    [LibraryImport(Library, EntryPoint = "shim_error")]
    private static partial nint LastError();

    /// <summary>The version of libtorch that the shim was compiled against and is loaded with.</summary>
    internal static string Version() => Marshal.PtrToStringUTF8(LibTorchVersion())!;

    [LibraryImport(Library, EntryPoint = "shim_version")]
    private static partial nint LibTorchVersion();

    [LibraryImport(Library, EntryPoint = "shim_operator", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint FindOperator(string name, string overload);

    [LibraryImport(Library, EntryPoint = "shim_call")]
    internal static partial int Call(nint op, Value* arguments, int count, Value* results, int room);

    [LibraryImport(Library, EntryPoint = "shim_free_list")]
    internal static partial void FreeList(nint list);

    [LibraryImport(Library, EntryPoint = "shim_free_complex")]
    internal static partial void FreeComplex(nint parts);

    [LibraryImport(Library, EntryPoint = "shim_dispose")]
    internal static partial void Dispose(nint tensor);

    [LibraryImport(Library, EntryPoint = "shim_info")]
    internal static partial byte Info(nint tensor, out TensorInfo info);

    [LibraryImport(Library, EntryPoint = "shim_data")]
    internal static partial nint Data(nint tensor);

    [LibraryImport(Library, EntryPoint = "shim_set_requires_grad")]
    internal static partial byte SetRequiresGrad(nint tensor, byte on);

    [LibraryImport(Library, EntryPoint = "shim_retain_grad")]
    internal static partial byte RetainGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "shim_get_grad")]
    internal static partial byte GetGrad(nint tensor, out Value grad);

    [LibraryImport(Library, EntryPoint = "shim_set_grad")]
    internal static partial byte SetGrad(nint tensor, nint grad);

    [LibraryImport(Library, EntryPoint = "shim_backward")]
    internal static partial byte Backward(nint tensor, nint gradient, byte retainGraph, byte createGraph, nint* inputs, int count);

    [LibraryImport(Library, EntryPoint = "shim_attach_function")]
    internal static partial byte AttachFunction(
        nint output, nint* inputs, int count, nint* kept, int keptCount,
        nint context, delegate* unmanaged<nint, nint, Value, Value*, int, nint> call, delegate* unmanaged<nint, void> release);

    [LibraryImport(Library, EntryPoint = "shim_kept")]
    internal static partial byte Kept(nint node, int index, out Value result);

    [LibraryImport(Library, EntryPoint = "shim_grad_enabled")]
    internal static partial byte GradEnabled();

    [LibraryImport(Library, EntryPoint = "shim_set_grad_enabled")]
    internal static partial void SetGradEnabled(byte on);

    [LibraryImport(Library, EntryPoint = "shim_inference_enabled")]
    internal static partial byte InferenceEnabled();

    [LibraryImport(Library, EntryPoint = "shim_inference_enter")]
    internal static partial nint EnterInference(byte on);

    [LibraryImport(Library, EntryPoint = "shim_inference_leave")]
    internal static partial void LeaveInference(nint guard);

    [LibraryImport(Library, EntryPoint = "shim_threads")]
    internal static partial int Threads(byte interop);

    [LibraryImport(Library, EntryPoint = "shim_set_threads")]
    internal static partial byte SetThreads(byte interop, int count);

    [LibraryImport(Library, EntryPoint = "shim_manual_seed")]
    internal static partial byte ManualSeed(ulong seed);

    [LibraryImport(Library, EntryPoint = "shim_generator")]
    internal static partial nint Generator(int deviceType, int deviceIndex, byte own);

    [LibraryImport(Library, EntryPoint = "shim_generator_dispose")]
    internal static partial void DisposeGenerator(nint generator);

    [LibraryImport(Library, EntryPoint = "shim_generator_seed")]
    internal static partial ulong GeneratorSeed(nint generator);

    [LibraryImport(Library, EntryPoint = "shim_generator_set_seed")]
    internal static partial byte SetGeneratorSeed(nint generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "shim_generator_state")]
    internal static partial byte GeneratorState(nint generator, out Value state);

    [LibraryImport(Library, EntryPoint = "shim_generator_set_state")]
    internal static partial byte SetGeneratorState(nint generator, nint state);

    [LibraryImport(Library, EntryPoint = "shim_cuda_devices")]
    internal static partial int CudaDevices();

    [LibraryImport(Library, EntryPoint = "shim_cuda_synchronize")]
    internal static partial byte CudaSynchronize(int index);

    [LibraryImport(Library, EntryPoint = "shim_tf32")]
    internal static partial byte Tf32(byte cudnn);

    [LibraryImport(Library, EntryPoint = "shim_set_tf32")]
    internal static partial byte SetTf32(byte cudnn, byte on);
}
