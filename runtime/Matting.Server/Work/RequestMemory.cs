namespace Matting.Server.Work;

/// <summary>
/// The memory of all requests in its two parts. They are apart so that pictures at work never wait for bytes that those hold who wait for
/// them: what is being sent may fill its part, and then further senders are turned away.
/// </summary>
/// <param name="bytes">Both parts together.</param>
internal sealed class RequestMemory(long bytes)
{
    private const int UploadsShare = 4;

    public MemoryBudget Uploads { get; } = new(bytes / UploadsShare);

    public MemoryBudget Pictures { get; } = new(bytes - (bytes / UploadsShare));
}
