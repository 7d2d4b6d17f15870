namespace Matting.Shared.Regions;

/// <summary>Which pixels touch each other.</summary>
public enum Neighbourhood
{
    /// <summary>Pixels that share an edge.</summary>
    Four = 4,

    /// <summary>Pixels that share an edge or a corner.</summary>
    Eight = 8,
}
