using System.Runtime.InteropServices;

namespace Matting.Shared.Tests;

/// <summary>A failure as a native library reports it.</summary>
internal sealed class NativeException(string message) : ExternalException(message);
