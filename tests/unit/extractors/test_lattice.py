from extractors.lattice import MOST_CROSSINGS, grids


def lines(xs, ys):
    """All level and upright lines of a grid."""
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return across, [(x, ys[0], x, ys[-1]) for x in xs]


def test_a_grid_has_its_cells():
    (cells,) = grids(*lines([0, 100, 200], [0, 20, 40, 60]), 100)
    assert len(cells) == 6
    assert (0, 0, 100, 20) in cells


def test_lines_that_do_not_meet_are_no_table():
    assert grids([(0, 0, 100, 0), (0, 50, 100, 50)], [(300, 0, 300, 50), (350, 0, 350, 50)], 100) == []


def test_two_tables_stand_apart_from_top_to_bottom():
    lower, upper = lines([0, 50, 100], [200, 220]), lines([0, 50, 100], [0, 20])
    tables = grids(lower[0] + upper[0], lower[1] + upper[1], 100)
    assert [min(cell[1] for cell in table) for table in tables] == [0, 200]


def test_a_cell_across_two_columns_stands_once():
    across = [(0, 0, 200, 0), (0, 20, 200, 20), (0, 40, 200, 40)]
    upright = [(0, 0, 0, 40), (200, 0, 200, 40), (100, 20, 100, 40)]
    (cells,) = grids(across, upright, 100)
    assert sorted(cells) == [(0, 0, 200, 20), (0, 20, 100, 40), (100, 20, 200, 40)]


def test_lines_drawn_in_pieces_and_a_little_apart_are_one():
    across = [(0, 0, 60, 0), (59, 0.4, 200, 0.4), (0, 20, 200, 20)]
    upright = [(0, 0, 0, 20), (100, -1, 100, 21), (200, 0, 200, 20)]
    (cells,) = grids(across, upright, 100)
    assert len(cells) == 2


def test_squared_paper_is_given_up_and_not_searched():
    steps = [at * 5.0 for at in range(int(MOST_CROSSINGS**0.5) + 2)]
    assert grids(*lines(steps, steps), 10_000) == []


def test_too_many_rulings_are_not_joined():
    assert grids(*lines([0, 100, 200], [0, 20, 40, 60]), 5) == []
