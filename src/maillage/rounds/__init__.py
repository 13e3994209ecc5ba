"""Mobile rounds: where the bus stops, on which days, how often, and by which road."""
