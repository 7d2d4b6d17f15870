namespace Matting.Shared;

/// <summary>
/// Marks an exception whose message alone tells its reader what is wrong and where (file, row,
/// cause): a command prints it as one line and leaves the stack away.
/// </summary>
#pragma warning disable CA1040 // a marker is exactly what it should be: it adds no member
public interface IUserFacingError;
#pragma warning restore CA1040
