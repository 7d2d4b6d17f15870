using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>A provider that ONNX Runtime takes by its name, with settings as words.</summary>
/// <param name="kind">Its name as a device.</param>
/// <param name="name">Its name in ONNX Runtime.</param>
/// <param name="shortName">The name under which ONNX Runtime appends it; all releases know this one, only newer ones the full name.</param>
/// <param name="proof">What proves that it runs the network.</param>
internal sealed class NamedProvider(string kind, string name, string shortName, Proof proof) : ExecutionProvider(kind, name)
{
    public override Proof Proof => proof;

    public override DeviceChoice Choice => DeviceSetting is null ? DeviceChoice.None : DeviceByName ? DeviceChoice.Name : DeviceChoice.Number;

    public override string DefaultDevice => DeviceByName ? "" : base.DefaultDevice;

    public override IReadOnlyList<string> Libraries => LibraryStem is { } stem ? OwnLibrary(stem) : [];

    /// <summary>The setting that chooses the device; null when there is one only.</summary>
    public string? DeviceSetting { get; init; }

    /// <summary>True when its devices have names instead of numbers.</summary>
    public bool DeviceByName { get; init; }

    /// <summary>The middle of its library's name, when it has one of its own.</summary>
    public string? LibraryStem { get; init; }

    /// <summary>Settings that are always given.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public override void Append(SessionOptions options, ComputeDevice device, long? memoryLimit)
    {
        Dictionary<string, string> settings = new(Settings);
        if (DeviceSetting is { } setting && device.Which.Length > 0)
            settings[setting] = device.Which;
        options.AppendExecutionProvider(shortName, settings);
    }
}
