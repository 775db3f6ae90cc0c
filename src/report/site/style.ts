/** The look of every page: calm and dense, one accent, light and dark by the reader's system, and on paper. */
export const style = `
:root{color-scheme:light dark;--bg:#fafaf8;--card:#fff;--text:#1d2125;--soft:#565e66;--line:#dfe1dc;--accent:#0a5f70;--bad:#9c2a1e;--wash:#eef1ef;--add:#e6f4e8;--del:#fcebe9;--k:#6b3fa0;--s:#1b6133;--n:#8a4300}
@media(prefers-color-scheme:dark){:root{--bg:#14171a;--card:#1a1e22;--text:#e3e6e8;--soft:#a2abb3;--line:#2d343a;--accent:#63c5d5;--bad:#f09286;--wash:#20262b;--add:#142a1b;--del:#351d1c;--k:#c9a9f5;--s:#9ed5a6;--n:#efb37e}}
*{box-sizing:border-box}
html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;background:var(--bg);color:var(--text);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;max-width:74rem;padding:1.25rem clamp(.9rem,3vw,2rem) 4rem}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:.06em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.3rem .6rem;z-index:1}
nav.trail{font-size:.87rem;color:var(--soft);margin-bottom:1.1rem}
nav.trail ol{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem .5rem;margin:0;padding:0}
nav.trail li+li::before{content:"/";margin-right:.5rem;color:var(--soft)}
h1{font-size:1.55rem;line-height:1.25;font-weight:650;letter-spacing:-.012em;margin:0 0 .35rem;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1.08rem;font-weight:650;margin:2.4rem 0 .6rem;overflow-wrap:anywhere}
h3{font-size:1rem;font-weight:650;margin:1.5rem 0 .4rem;overflow-wrap:anywhere}
h4{font-size:.87rem;font-weight:650;margin:1rem 0 .25rem;color:var(--soft)}
p{margin:.3rem 0 .7rem;max-width:68ch;overflow-wrap:anywhere}
.lede{color:var(--soft);margin:0 0 1.2rem}
code,pre,.path{font:.87em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code,.path{overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:0;margin:1rem 0;border:1px solid var(--line);border-radius:6px;background:var(--card);overflow:hidden}
.facts>div{padding:.55rem .8rem;border-right:1px solid var(--line);border-bottom:1px solid var(--line);margin:0 -1px -1px 0}
.facts dt{font-size:.8rem;color:var(--soft)}.facts dd{margin:0;font-size:1.3rem;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.3}
.facts dd small{font-size:.8rem;font-weight:400;color:var(--soft)}
#candidates{table-layout:fixed}
nav.pages ol{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem .9rem;margin:1rem 0;padding:0}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;color:var(--soft);font-size:.87rem;padding:.45rem .7rem}
th,td{text-align:left;vertical-align:top;padding:.36rem .7rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
thead th{border-top:0;font-weight:500;font-size:.82rem;color:var(--soft);white-space:nowrap}
tbody th{font-weight:500;min-width:7.5rem}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
.nw{white-space:nowrap}
tbody tr:hover{background:var(--wash)}
.status{white-space:nowrap}.status .g{display:inline-block;width:1.1em;color:var(--accent)}
.status.quiet{color:var(--soft)}.status.quiet .g{color:var(--soft)}
.status.bad{color:var(--bad);font-weight:600}.status.bad .g{color:var(--bad)}
.soft{color:var(--soft)}
.notice{border-left:3px solid var(--bad);background:var(--card);padding:.5rem .9rem;margin:.7rem 0;border-radius:0 6px 6px 0}
.notice.mild{border-color:var(--accent)}
.notice p{margin:.2rem 0}
pre{margin:.4rem 0;padding:.6rem .8rem;background:var(--wash);border-radius:5px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:30rem;overflow:auto}
details{margin:.25rem 0}summary{cursor:pointer;overflow-wrap:anywhere}
.candidate{border:1px solid var(--line);border-radius:6px;background:var(--card);margin:.35rem 0}
.candidate>summary{padding:.42rem .7rem;display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline;list-style:none}
.candidate>summary::-webkit-details-marker{display:none}
.candidate>summary::before{content:"▸";color:var(--soft);font-size:.8em}.candidate[open]>summary::before{content:"▾"}
.candidate>summary .name{font-weight:600;min-width:0}.candidate>summary .path{color:var(--soft);flex:1 1 14rem;min-width:0}
.candidate .body{padding:.1rem .9rem .8rem;border-top:1px solid var(--line);scroll-margin-top:3rem}
.candidate .body:target{box-shadow:inset 3px 0 0 var(--accent)}
.plain{list-style:none;margin:.2rem 0;padding:0}.plain li{padding:.08rem 0;overflow-wrap:anywhere}
.steps{margin:.2rem 0;padding-left:1.4rem}.steps li{overflow-wrap:anywhere}
.diff{margin:.5rem 0;border:1px solid var(--line);border-radius:5px;overflow:hidden}
.diff .file{padding:.3rem .7rem;background:var(--wash);font-size:.84rem}
.lines{overflow-x:auto}.lines table{width:100%;min-width:max-content;font:.82rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.lines td,.lines th{border:0;min-width:0;padding:0 .6rem;white-space:pre;overflow-wrap:normal;vertical-align:baseline}
.lines .no{width:1%;text-align:right;color:var(--soft);user-select:none;font-weight:400}
.lines .sign{width:1%;padding:0;user-select:none}
.lines tr.a{background:var(--add)}.lines tr.d{background:var(--del)}.lines tr.h td{color:var(--soft);background:var(--wash)}
.hljs-keyword,.hljs-built_in,.hljs-literal,.hljs-meta,.hljs-tag,.hljs-name{color:var(--k)}.hljs-string,.hljs-regexp,.hljs-attr{color:var(--s)}.hljs-number,.hljs-symbol{color:var(--n)}.hljs-comment{color:var(--soft);font-style:italic}
.controls{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;margin:.5rem 0}.controls[hidden]{display:none}
input,select,textarea,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:5px;padding:.25rem .55rem;max-width:100%}
button{cursor:pointer;border-color:var(--accent);color:var(--accent);font-weight:600}
textarea{width:100%;font:.85rem/1.5 ui-monospace,Menlo,Consolas,monospace}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(26rem,100%),1fr));gap:1.2rem}
.plot{margin:0;min-width:0}.plot figcaption{font-weight:600;font-size:.92rem;margin-bottom:.2rem}.plot svg{width:100%;height:auto;display:block}
.plot .tick{font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}
.line{fill:none;stroke-width:1.8;stroke:var(--accent)}.line.s2{stroke:var(--text)}.line.s3{stroke:var(--soft)}.line.s4{stroke-dasharray:5 3}.line.s5{stroke:var(--text);stroke-dasharray:1.5 3}.line.s6{stroke:var(--bad);stroke-dasharray:7 2 2 2}
rect,circle{fill:var(--accent)}rect.s2,circle.s2{fill:var(--text);opacity:.55}rect.s3,circle.s3{fill:var(--soft);opacity:.45}rect.s4{opacity:.45}rect.s5,circle.s5{fill:var(--text)}rect.s6,circle.s6{fill:var(--bad)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:.2rem 0;padding:0;font-size:.84rem;color:var(--soft)}.legend b{color:var(--text);font-variant-numeric:tabular-nums}
.plot .legend .key,.key{display:inline-block;width:22px;height:8px;margin-right:.4rem;vertical-align:middle}
.numbers{font-size:.84rem;color:var(--soft)}.numbers table{color:var(--text)}
.shares .part{opacity:.55;stroke:var(--card);stroke-width:1}.shares .part:nth-child(even){opacity:1}
.spark{vertical-align:middle}.shares{width:100%;min-width:6rem;max-width:14rem;height:8px;border-radius:2px;display:block;margin:.45rem 0 0}
footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--line);font-size:.84rem;color:var(--soft)}
@media(max-width:46rem){.wide{display:none}th,td{padding:.36rem .5rem}.facts{grid-template-columns:1fr 1fr}.facts dd{font-size:1.1rem}}
@media print{:root{--bg:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--accent:#063f4a;--wash:#f3f3f3;--add:#eef7ef;--del:#fbeeed}html{font-size:10pt}body{max-width:none;padding:0}.controls,.skip,nav.trail{display:none}a{text-decoration:none}h2,h3,summary{break-after:avoid}tr,.candidate>summary{break-inside:avoid}pre{max-height:none}.scroll,.lines{overflow:visible}.lines table{min-width:0}.lines td{white-space:pre-wrap}}
`.trim();
