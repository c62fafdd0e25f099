"""The application: the graph behind HTTP."""

from fastapi import FastAPI

import comity
from comity.graph.stores.base import Store
from comity.service.held import Held
from comity.service.pages.router import serve_pages
from comity.service.problems import handle_problems
from comity.service.routes import measures
from comity.service.settings import ServiceSettings


def create_app(store: Store, settings: ServiceSettings) -> FastAPI:
    """The service of an open store; whoever opened it closes it."""
    app = FastAPI(
        title="comity",
        version=comity.__version__,
        description="Documented relations between states as a graph: who agreed, trained or talked with whom, since when, and who says so.",
    )
    app.state.held = Held(store, settings.freshness)
    app.state.settings = settings
    handle_problems(app)
    for routes in (measures,):
        app.include_router(routes.router, prefix="/api")
    serve_pages(app)
    return app
