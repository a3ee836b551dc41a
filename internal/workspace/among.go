package workspace

import (
	"strconv"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// Among names people whom no column of the customers grid tells apart.
type Among struct {
	What string // one of the constants below; empty for everybody
	Of   string // which of them
}

// What people can be told apart by.
const (
	AmongChannel     = "channel"     // of the first order; Of is Channel.Channel
	AmongCampaign    = "campaign"    // Of is Campaign.Key
	AmongInteraction = "interaction" // done beside buying; Of is Signal.Kind
	AmongReferred    = "referred"    // brought in by somebody; Of is yes or no
)

// among returns the condition that people meet.
func (w *Workspace) among(a Among) (duck.Call, error) {
	switch a.What {
	case AmongChannel:
		return duck.Call{Name: "filter/first_channel", Args: duck.Args{"channel": a.Of}}, nil
	case AmongCampaign:
		key, err := strconv.ParseInt(a.Of, 10, 64)
		if err != nil {
			return duck.Call{}, i18n.Errorf("there is no campaign %q; open it from the page of channels and campaigns", a.Of)
		}
		return duck.Call{Name: "filter/campaign", Args: duck.Args{"campaign_key": key}}, nil
	case AmongInteraction:
		args := qualityArgs(w.derivedState())
		args["kind"] = a.Of
		return duck.Call{Name: "filter/interaction", Args: args}, nil
	case AmongReferred:
		return duck.Call{Name: "filter/referred", Args: duck.Args{"referred": a.Of == yes}}, nil
	}
	return duck.Call{}, i18n.Errorf("customers cannot be told apart by %q; choose channel, campaign, interaction or referred", a.What)
}

// yes is how an answer of yes or no stands in queries and views.
const yes = "yes"
