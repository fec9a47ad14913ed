using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using SocialQI.Wire;

namespace SocialQI.Client.Search;

/// <summary>A piece of a text with its hits marked. The marks are characters of the answer; whatever else is in it is text and nothing but text.</summary>
public sealed class Snippet : ComponentBase
{
    [Parameter, EditorRequired] public required string Of { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // Every piece but the first begins with a hit.
        foreach (var (at, piece) in Of.Split(Found.HitBegins).Index())
        {
            var end = at == 0 ? -1 : piece.IndexOf(Found.HitEnds, StringComparison.Ordinal);
            if (end >= 0)
            {
                builder.OpenElement(0, "mark");
                builder.AddContent(1, piece[..end]);
                builder.CloseElement();
            }
            builder.AddContent(2, piece[(end + 1)..]);
        }
    }
}
