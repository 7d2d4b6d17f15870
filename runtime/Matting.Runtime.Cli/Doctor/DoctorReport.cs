namespace Matting.Runtime.Cli.Doctor;

/// <summary>
/// What <c>doctor</c> found. Written as JSON (camel case, absent parts null) this record and those it holds are the schema of
/// <c>doctor --json</c>; <see cref="Schema"/> changes when a member is renamed, removed or changes its meaning, not when one is added.
/// </summary>
internal sealed record DoctorReport
{
    public string Schema { get; } = "matting.doctor/1";

    /// <summary>True when pictures can be read and the network runs on the device that was asked for.</summary>
    public bool Ready => Problem is null;

    /// <summary>The first thing that is missing; null when nothing is.</summary>
    public required Problem? Problem { get; init; }

    /// <summary>The device that was asked for.</summary>
    public required string Device { get; init; }

    public required MachineReport Machine { get; init; }

    public required OnnxRuntimeReport OnnxRuntime { get; init; }

    public required IReadOnlyList<DeviceReport> Devices { get; init; }

    public required IReadOnlyList<ImageLibraryReport> ImageLibraries { get; init; }
}

/// <summary>Something that is missing.</summary>
/// <param name="Text">What, in one line.</param>
/// <param name="Install">The command that installs it; null where no command does.</param>
internal sealed record Problem(string Text, string? Install);

/// <summary>The machine and what Matting stands on.</summary>
internal sealed record MachineReport
{
    public required string Matting { get; init; }

    /// <summary><c>nuget</c> (the official packages) or <c>standin</c> (this repository's, over libraries of the system).</summary>
    public required string Packages { get; init; }

    public required string DotNet { get; init; }

    /// <summary>Release of the ASP.NET Core runtime, which <c>serve</c> alone needs; null where it is not installed.</summary>
    public required string? AspNetCore { get; init; }

    public required string System { get; init; }

    public required string Processor { get; init; }

    /// <summary>Logical processors that this process may use.</summary>
    public required int Threads { get; init; }

    /// <summary>Vector instructions that .NET uses here.</summary>
    public required IReadOnlyList<string> Vectors { get; init; }

    /// <summary>Memory that this process may use: the machine's or the container's.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Memory that is free or can be freed at once; null where the system does not say.</summary>
    public required long? FreeMemoryBytes { get; init; }
}

/// <summary>The native ONNX Runtime.</summary>
internal sealed record OnnxRuntimeReport(string? Version, string? Library, IReadOnlyList<string> Providers, string? Failure);

/// <summary>A device and whether a network runs on it.</summary>
internal sealed record DeviceReport
{
    /// <summary>As it is written after <c>--device</c>.</summary>
    public required string Device { get; init; }

    public required string Provider { get; init; }

    /// <summary>True when the loaded ONNX Runtime was built with the provider.</summary>
    public required bool Offered { get; init; }

    /// <summary>Whether a network ran there; null where that was not tried.</summary>
    public bool? Runs { get; init; }

    /// <summary>Milliseconds for loading U2NETP and for its second run at 64 x 64, one thread; null unless it ran.</summary>
    public double? LoadMs { get; init; }

    public double? RunMs { get; init; }

    /// <summary>Why it does not run, in one line.</summary>
    public string? Failure { get; init; }

    /// <summary>All libraries that are missing for it, in the order in which they are needed.</summary>
    public IReadOnlyList<MissingReport> Missing { get; init; } = [];
}

/// <summary>A missing library and the command that installs it.</summary>
internal sealed record MissingReport(string Library, string NeededBy, string Install);

/// <summary>A library that reads or changes pictures.</summary>
/// <param name="Name">The package.</param>
/// <param name="Version">Its version; a stand-in has that of Matting.</param>
/// <param name="StandIn">True for this repository's stand-in.</param>
/// <param name="Natives">Native libraries that it works with, as loaded.</param>
/// <param name="Failure">Why it does not work, in one line; null when it does.</param>
internal sealed record ImageLibraryReport(string Name, string Version, bool StandIn, IReadOnlyList<string> Natives, string? Failure);
