using Matting.Shared;

namespace Matting.Runtime;

/// <summary>A device that was asked for is not there, or takes no such memory limit; the message says which library or driver is missing. There is no fall-back to the CPU.</summary>
public sealed class DeviceUnavailableException : Exception, IUserFacingError
{
    /// <summary>Creates the exception.</summary>
    /// <param name="device">The device as it was asked for, for instance <c>cuda:1</c>.</param>
    /// <param name="detail">What is missing.</param>
    /// <param name="inner">The cause, or null.</param>
    public DeviceUnavailableException(string device, string detail, Exception? inner = null)
        : base($"device {device}: {detail}", inner) => Device = device;

    /// <summary>The device as it was asked for.</summary>
    public string Device { get; }
}
