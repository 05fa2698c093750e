"""The work that child processes know how to do, by name; modules are imported in the child alone."""

from __future__ import annotations

TASKS: dict[str, str] = {
    "try_pack": "engine.jobs.try_pack:try_pack",
    "import_table": "engine.ingest.import_table:import_table",
    "preview_table": "engine.ingest.import_table:preview_table",
    "parse_document": "engine.ingest.documents.work:parse_documents",
    "train_classifier": "engine.train.classify.work:teach",
    "find_doubts": "engine.train.classify.doubts:find_doubts",
    "train_entities": "engine.train.entities.work:teach",
    "export_adapter": "engine.train.encoder.export:export_adapter",
    "read_table": "engine.ingest.read_table:read_table",
    "draw_page": "engine.ingest.documents.page_image:draw_page",
    "fit_recommender": "engine.train.recommend.fit:fit",
    "recommend_baselines": "engine.train.recommend.fit:baselines",
    "probe_training": "engine.train.probe.work:probe",
    "search_training": "engine.train.classify.searching:search_training",
    "find_device": "engine.train.encoder.device:find_device",
    "train_generator": "engine.train.generator.work:teach",
    "merge_generator": "engine.train.generator.work:merge",
    "run_generator": "engine.serve.generate.work:run_generator",
    "try_generator": "engine.serve.generate.work:try_generator",
    "convert_folder": "engine.runtimes.convert.work:convert_folder",
    "compare_tokens": "engine.runtimes.convert.compare:compare_tokens",
    "map_items": "engine.serve.recommend.layout:lay_out",
    "read_people": "engine.ingest.read_people:read_people",
}

# Tasks that share out their work among threads of their own: BLAS gets one thread in them. Its threads wait for each
# other in busy loops, and lose far more than they gain as soon as another program uses a core.
ONE_BLAS_THREAD = frozenset(
    {TASKS["train_classifier"], TASKS["probe_training"], TASKS["search_training"], TASKS["find_doubts"]}
)
