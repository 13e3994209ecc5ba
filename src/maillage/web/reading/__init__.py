"""What pages read of a territory: kept in memory, dropped when it is saved again."""
