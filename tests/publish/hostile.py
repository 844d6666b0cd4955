"""Outputs that would load, send or run something."""

__all__ = ["HOSTILE"]

HOSTILE = [
    '<meta http-equiv="refresh" content="0;url=http://a.b/">',
    '<META HTTP-EQUIV=refresh CONTENT="0;url=http://a.b/">',
    '<link rel="preconnect" href="http://a.b">',
    '<base href="http://a.b/">',
    '<iframe src="http://a.b"></iframe>',
    '<object data="http://a.b"></object>',
    '<img src="http://a.b/x.png">',
    '<img srcset="http://a.b/x.png 2x" src="data:image/png;base64,AA">',
    '<p style="background:url(http://a.b/x)">字</p>',
    "<p style='background:\\75rl(http://a.b/x)'>字</p>",
    '<p style="background:&#117;rl(http://a.b/x)">字</p>',
    "<style>@import 'http://a.b/x';</style>",
    '<table background="http://a.b/x"><tr><td>字</td></tr></table>',
    '<a href="https://a.b" ping="http://c.d">字</a>',
    '<a href="javascript:alert(1)">字</a>',
    '<svg><image href="http://a.b/x.svg"/></svg>',
    '<svg><use href="http://a.b/x.svg#a"/></svg>',
    '<svg><rect fill="url(http://a.b/#p)"/></svg>',
    '<svg><set attributeName="href" to="http://a.b"/></svg>',
    '<form action="http://a.b"><button>字</button></form>',
    '<p onclick="fetch(1)">字</p>',
    "<script>fetch('http://a.b')</script>",
    "<!--><script>x</script>-->",
    "<p title=\"a\"b='<script>'>字</p>",
    "<math><mi xlink:href='http://a.b'>字</mi></math>",
    "<p/onclick=x()>字</p>",
    "<scr<script>ipt>x</script>",
]
