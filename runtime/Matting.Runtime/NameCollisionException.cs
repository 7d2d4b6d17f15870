using Matting.Shared;

namespace Matting.Runtime;

/// <summary>Two pictures would give results of one name.</summary>
public sealed class NameCollisionException : Exception, IUserFacingError
{
    private NameCollisionException(string first, string second, string result)
        : base($"{first} and {second} would both become {result}; rename one of them") => (First, Second, Result) = (first, second, result);

    /// <summary>The picture that comes first.</summary>
    public string First { get; }

    /// <summary>The picture that comes later.</summary>
    public string Second { get; }

    /// <summary>The name that both would get.</summary>
    public string Result { get; }

    /// <summary>Refuses a list of pictures in which two get one name; meant to be called before anything is started.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="nameOf">The name of a picture's result.</param>
    /// <exception cref="NameCollisionException">Two names are equal.</exception>
    public static void ThrowIfAny(IEnumerable<string> pictures, Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(nameOf);
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach (string picture in pictures)
        {
            string name = nameOf(picture);
            if (!taken.TryAdd(name, picture))
                throw new NameCollisionException(taken[name], picture, name);
        }
    }
}
