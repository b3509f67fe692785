"""What routes ask for: the services of this process, and who is asking."""

from typing import Annotated

from fastapi import Depends, Query, Request

from service.accounts.scope import Scope
from service.bootstrap import Services


def services(request: Request) -> Services:
    """The services that the application was made with."""
    made: Services = request.app.state.services
    return made


def scope(request: Request) -> Scope:
    """Who asks, in which workspace. The guard has let the request through: it comes from the local administrator."""
    return services(request).accounts.local()


Parts = Annotated[Services, Depends(services)]
Who = Annotated[Scope, Depends(scope)]
Offset = Annotated[int, Query(ge=0, description="Rows to leave out at the beginning.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows in the answer.")]
