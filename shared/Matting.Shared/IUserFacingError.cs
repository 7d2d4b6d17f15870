namespace Matting.Shared;

/// <summary>
/// Marks an exception whose message alone tells its reader what is wrong and where (file, row,
/// cause): a command prints it as it is and leaves the stack away. One line, unless it lists several problems.
/// </summary>
#pragma warning disable CA1040 // a marker is exactly what it should be: it adds no member
public interface IUserFacingError;
#pragma warning restore CA1040
