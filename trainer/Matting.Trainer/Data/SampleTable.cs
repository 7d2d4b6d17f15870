namespace Matting.Trainer.Data;

/// <summary>One sample: a picture and its alpha.</summary>
/// <param name="Row">Line of the CSV, the header being line 1, as editors and spreadsheets count.</param>
/// <param name="ImagePath">The picture, an existing file.</param>
/// <param name="AlphaPath">The alpha, an existing file.</param>
public sealed record SampleRow(int Row, string ImagePath, string AlphaPath);

/// <summary>The samples of a CSV file in its order; every file named was there when it was read.</summary>
/// <param name="File">The CSV as it was named.</param>
/// <param name="Rows">At least one.</param>
public sealed record SampleTable(string File, IReadOnlyList<SampleRow> Rows);
