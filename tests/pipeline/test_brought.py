"""What a run says of a delivery: where its adverts stand, counted anew by hand from what is published."""

from felinar.pipeline import ingest, run
from felinar.pipeline.brought import Brought, brought
from felinar.store.lake import Lake
from felinar.store.published import Published
from felinar.store.workspace import Workspace


def test_a_delivery_is_counted_as_it_is_published_known_adverts_too(tmp_path, world):
    lines = world.adverts.read_text(encoding="utf-8").splitlines(keepends=True)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("".join(lines[:250]), encoding="utf-8")
    second.write_text("".join(lines[200:]), encoding="utf-8")
    workspace = Workspace.open(tmp_path / "workspace", "test")
    for file in (first, second):
        run_id = ingest(workspace, [file]).run_id
        run(workspace)
    told = brought(Lake(workspace.tables), run_id)

    published = Published.open(workspace.published)
    sizes = {
        one: sum(
            any(seen["run_id"] == run_id for seen in row["sightings"]) for row in published.adverts_of_operation(one)
        )
        for one, _ in published.linked_operations()
    }
    came = sum(sizes.values())
    leads = [(one["operation_id"], one["rank"], sizes[one["operation_id"]]) for one in published.leads()]
    published.close()
    assert told == Brought(
        adverts=len(lines) - 200,
        linked=came,
        alone=len(lines) - 200 - came,
        operations=sum(size > 0 for size in sizes.values()),
        in_leads=sum(size > 0 for _, _, size in leads),
        leads=[lead for lead in leads if lead[2]],
    )


def test_a_run_that_nobody_knows_brought_nothing(tmp_path):
    assert brought(Lake(tmp_path), "no such run") == Brought()
