namespace Matting.Shared.Weights.Pickle;

/// <summary>What one pickle may cost. Checkpoints stay far below; a file made to exhaust memory does not.</summary>
internal static class PickleLimits
{
    /// <summary>Bytes of one pickle; tensors are stored outside of it.</summary>
    public const int Bytes = 64 << 20;

    /// <summary>
    /// Values pushed, stored in the memo and appended, together. A tensor takes about fifty, and each holds at
    /// most about a hundred bytes, so that a hostile pickle ends below half a gigabyte.
    /// </summary>
    public const int Steps = 4_000_000;

    /// <summary>Containers inside one another.</summary>
    public const int Depth = 100;

    /// <summary>Bytes of one whole number.</summary>
    public const int IntegerBytes = 1024;

    /// <summary>Characters of the name of a module, a class or a storage.</summary>
    public const int NameLength = 500;
}
