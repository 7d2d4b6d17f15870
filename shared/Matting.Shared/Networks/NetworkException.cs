namespace Matting.Shared.Networks;

/// <summary>A network that does not exist, or that cannot be applied to an image of the given size.</summary>
public sealed class NetworkException : Exception, IUserFacingError
{
    /// <summary>Says in one line what is wrong and what would work.</summary>
    public NetworkException(string message)
        : base(message)
    {
    }
}
