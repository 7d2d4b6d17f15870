using System.Collections.ObjectModel;

namespace Matting.Server.Work;

/// <summary>The models that a server offers; the first is for requests that name none.</summary>
internal sealed class ModelShelf(IReadOnlyList<ModelOffer> offers)
{
    private readonly ReadOnlyDictionary<string, int> _positions =
        offers.Select((offer, position) => (offer.Name, position)).ToDictionary(pair => pair.Name, pair => pair.position, StringComparer.Ordinal).AsReadOnly();

    public IReadOnlyList<ModelOffer> Offers => offers;

    /// <summary>Where a model stands.</summary>
    /// <param name="name">Its name; null for the first.</param>
    /// <returns>Null when there is none of this name.</returns>
    public int? Find(string? name) => name is null ? 0 : _positions.TryGetValue(name, out int position) ? position : null;
}
