using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>What may follow the colon of a device.</summary>
internal enum DeviceChoice
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The number of the device.</summary>
    Number,

    /// <summary>A name that the provider understands.</summary>
    Name,
}

/// <summary>What proves that a session runs where it was asked to run.</summary>
internal enum Proof
{
    /// <summary>Nothing: the CPU runs everything.</summary>
    None,

    /// <summary>
    /// The input goes into the device's memory. For providers that leave small computations of shapes to the CPU on purpose;
    /// when none of the network is theirs, the input stays in the memory of the CPU.
    /// </summary>
    InputMemory,

    /// <summary>No node is left to the CPU (<c>session.disable_cpu_ep_fallback</c>). For providers that work in the CPU's memory, or are compilers that take whole graphs.</summary>
    WholeGraph,
}

/// <summary>An execution provider of ONNX Runtime as a device.</summary>
/// <param name="kind">Its name as a device, for instance <c>cuda</c>.</param>
/// <param name="name">Its name in ONNX Runtime, for instance <c>CUDAExecutionProvider</c>.</param>
internal abstract class ExecutionProvider(string kind, string name)
{
    public string Kind { get; } = kind;

    public string Name { get; } = name;

    public virtual DeviceChoice Choice => DeviceChoice.None;

    /// <summary>What stands for a device without a colon.</summary>
    public virtual string DefaultDevice => Choice == DeviceChoice.Number ? "0" : "";

    public abstract Proof Proof { get; }

    /// <summary>Libraries of its own that ONNX Runtime loads on demand; none when it is a part of the main library.</summary>
    public virtual IReadOnlyList<string> Libraries => [];

    /// <summary>How the device is written, for messages and help.</summary>
    public string Syntax => Choice switch
    {
        DeviceChoice.Number => $"{Kind}[:N]",
        DeviceChoice.Name => $"{Kind}[:NAME]",
        _ => Kind,
    };

    /// <summary>True when the provider can be told how much memory it may take.</summary>
    public virtual bool LimitsMemory => false;

    /// <summary>Makes a session prefer the provider.</summary>
    /// <param name="options">The session's options.</param>
    /// <param name="device">The device, of this provider.</param>
    /// <param name="memoryLimit">Bytes; null for no limit, and always null unless <see cref="LimitsMemory"/>.</param>
    /// <exception cref="OnnxRuntimeException">It does not load.</exception>
    /// <exception cref="EntryPointNotFoundException">The library was built without it.</exception>
    public abstract void Append(SessionOptions options, ComputeDevice device, long? memoryLimit);

    /// <summary>The file names of a provider that is a library of its own.</summary>
    /// <param name="stem">The middle of its name, for instance <c>cuda</c>.</param>
    protected static IReadOnlyList<string> OwnLibrary(string stem) =>
        OperatingSystem.IsLinux() ? ["libonnxruntime_providers_shared.so", $"libonnxruntime_providers_{stem}.so"] : [];
}
