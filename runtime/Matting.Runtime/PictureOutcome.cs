namespace Matting.Runtime;

/// <summary>What became of one picture of many: either <paramref name="Result"/> or <paramref name="Failure"/> is there.</summary>
/// <typeparam name="T">What was made of the alpha.</typeparam>
/// <param name="File">The picture's file, or the name it was given (<see cref="PictureInput.Name"/>).</param>
/// <param name="Size">The size at which the network ran; default when it did not.</param>
/// <param name="Result">What was made of the alpha; default when that failed.</param>
/// <param name="Failure">Why the picture could not be read or its result not be made, or null.</param>
public readonly record struct PictureOutcome<T>(string File, NetworkSize Size, T? Result, Exception? Failure);

/// <summary>Makes something of a picture's alpha: encodes it, writes it, measures it. Called on several threads.</summary>
/// <typeparam name="T">What it makes.</typeparam>
/// <param name="file">The picture's file, or the name it was given.</param>
/// <param name="alpha">The alpha, valid during the call.</param>
public delegate T PictureFinisher<out T>(string file, PictureAlpha alpha);
